#ifndef CVIPS_H
#define CVIPS_H
const char *cvips_version(void);
#endif
