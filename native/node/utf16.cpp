#include "node/utf16.h"

#include <cstddef>
#include <limits>

namespace async_com {

// The text is copied once, from JavaScript directly into the BSTR.
Bstr BstrFromJs(const Napi::Value& value) {
  const Napi::Env env = value.Env();
  std::size_t length = 0;
  napi_status status = napi_get_value_string_utf16(env, value, nullptr, 0, &length);
  if (status == napi_ok) {
    if (length >= std::numeric_limits<UINT>::max() / sizeof(OLECHAR)) {
      throw Napi::RangeError::New(env, "a string has more characters than a BSTR can hold");
    }
    Bstr text = Bstr::OfLength(static_cast<UINT>(length));
    // A BSTR has room for the terminating zero that Node-API writes.
    status = napi_get_value_string_utf16(env, value, reinterpret_cast<char16_t*>(text.Get()),
                                         length + 1, &length);
    if (status == napi_ok) {
      return text;
    }
  }
  throw Napi::Error::New(env);
}

}  // namespace async_com
