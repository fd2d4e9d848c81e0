// Asserts the constants and the interfaces' uuids of generated/windows_facts.h. Nothing of this
// runs. The list comes from Microsoft's headers; the build compiles it with the headers of
// mingw-w64, and `npm run check:sdk` with Microsoft's.
#include <windows.h>

#include <objbase.h>
#include <objidl.h>
#include <oleauto.h>
#include <psapi.h>
#include <rpc.h>
#include <rpcdcep.h>
#include <sddl.h>
#include <shellapi.h>
#include <tlhelp32.h>
#include <winternl.h>

#include "idl/generated/method_call.h"

namespace {

constexpr bool AreEqual(const GUID& one, const GUID& other) {
  if (one.Data1 != other.Data1 || one.Data2 != other.Data2 || one.Data3 != other.Data3) {
    return false;
  }
  for (int index = 0; index < 8; ++index) {
    if (one.Data4[index] != other.Data4[index]) {
      return false;
    }
  }
  return true;
}

constexpr GUID MakeGuid(unsigned long first, unsigned short second, unsigned short third,
                        unsigned char b0, unsigned char b1, unsigned char b2, unsigned char b3,
                        unsigned char b4, unsigned char b5, unsigned char b6, unsigned char b7) {
  return {first, second, third, {b0, b1, b2, b3, b4, b5, b6, b7}};
}

}  // namespace

#define CONSTANT(name, value) static_assert(static_cast<long long>(name) == (value), #name);
#define INTERFACE(name, ...) \
  static_assert(AreEqual(__uuidof(name), MakeGuid(__VA_ARGS__)), "the uuid of " #name);
#define METHOD(name, method, place)

#include "generated/windows_facts.h"
