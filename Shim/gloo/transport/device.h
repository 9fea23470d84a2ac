// See README.md beside this file.
#pragma once

namespace gloo::transport {

class Device;

} // namespace gloo::transport
