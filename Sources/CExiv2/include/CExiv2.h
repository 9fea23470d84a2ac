#ifndef CEXIV2_H
#define CEXIV2_H
#ifdef __cplusplus
extern "C" {
#endif
const char *cexiv2_version(void);
#ifdef __cplusplus
}
#endif
#endif
