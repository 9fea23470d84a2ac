// See README.md beside this file.
#pragma once
