"""Lies that a photograph's headers can tell, one module a format: names and contents."""

from lies.boxes import box_lies, jxl_lies
from lies.jpeg import jpeg_lies
from lies.png import png_lies
from lies.tiff import tiff_lies
from lies.webp import webp_lies

LIES = {
    "jpg": jpeg_lies,
    "png": png_lies,
    "tif": tiff_lies,
    "webp": webp_lies,
    "heic": box_lies,
    "avif": box_lies,
    "jxl": jxl_lies,
}
