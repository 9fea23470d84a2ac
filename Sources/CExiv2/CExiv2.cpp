#include "CExiv2.h"
#include <exiv2/exiv2.hpp>
const char *cexiv2_version(void) { return Exiv2::version(); }
