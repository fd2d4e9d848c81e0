// The released addon's entry point. The test addon has one of its own, in native/testing.
#include "node/addon.h"

namespace async_com {

NODE_API_MODULE(async_com, InitAddon)

}  // namespace async_com
