#include "Profiles.h"

/// Whether samples of this format fit the profile's colour space, and the profile is one of a
/// device: links between devices and named colours say nothing of a photograph.
static int is_for(cmsHPROFILE profile, cmsUInt32Number format) {
    cmsProfileClassSignature kind = cmsGetDeviceClass(profile);
    return kind != cmsSigLinkClass && kind != cmsSigNamedColorClass &&
        kind != cmsSigAbstractClass &&
        _cmsLCMScolorSpace(cmsGetColorSpace(profile)) == (int)T_COLORSPACE(format);
}

int cvips_has_tables(cmsHPROFILE profile) {
    static const cmsTagSignature tables[] = {
        cmsSigAToB0Tag, cmsSigAToB1Tag, cmsSigAToB2Tag, cmsSigDToB0Tag, cmsSigDToB1Tag,
        cmsSigDToB2Tag};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (cmsIsTag(profile, tables[i]))
            return 1;
    return 0;
}

/// LittleCMS takes a profile together into a table of 33 points a side, unless told not to, which
/// makes up to 0.5 of L* wrong, and 2 in CMYK.
static const cmsUInt32Number flags =
    cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE;

/// Relative colorimetric, by the perceptual table where the profile has that alone, as those of
/// scanners and cameras do; others that have neither go by what there is.
static cmsHTRANSFORM between(
    cmsHPROFILE profile, cmsUInt32Number in, cmsHPROFILE srgb, cmsUInt32Number out) {
    static const cmsUInt32Number intents[] = {
        INTENT_RELATIVE_COLORIMETRIC, INTENT_PERCEPTUAL, INTENT_SATURATION};
    cmsHTRANSFORM transform = NULL;
    for (size_t i = 0; i < sizeof intents / sizeof *intents && !transform; i++)
        transform = cmsCreateTransform(profile, in, srgb, out, intents[i], flags);
    return transform;
}

cmsHTRANSFORM cvips_transform(
    CVipsBytes profile, cmsUInt32Number in, cmsUInt32Number out) {
    cmsHTRANSFORM transform = NULL;
    cmsHPROFILE from =
        cmsOpenProfileFromMem(profile.bytes, (cmsUInt32Number)profile.count);
    cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    if (from && srgb && is_for(from, in))
        transform = between(from, in, srgb, out);
    if (from)
        cmsCloseProfile(from);
    if (srgb)
        cmsCloseProfile(srgb);
    return transform;
}
