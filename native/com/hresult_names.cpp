#include "com/hresult_names.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string_view>

#include "com/generated/hresult_table.h"

namespace async_com {
namespace {

// Loops over the array directly, because function calls here make compilation slow.
template <std::size_t Size>
constexpr bool IsSorted(const NamedCode (&table)[Size]) {
  for (std::size_t i = 1; i < Size; ++i) {
    if (table[i - 1].code >= table[i].code) return false;
  }
  return true;
}

static_assert(IsSorted(kHResults));
static_assert(IsSorted(kWin32Errors));

constexpr const char* NameOf(std::span<const NamedCode> table, std::uint32_t code) {
  const auto found = std::lower_bound(
      table.begin(), table.end(), code,
      [](const NamedCode& entry, std::uint32_t wanted) { return entry.code < wanted; });
  return found != table.end() && found->code == code ? found->name : nullptr;
}

// The tables contain numbers, because the headers of different compilers do not have the same
// names. The assertions check, for one code of each kind, that the tables agree with this
// compiler's headers.
#define ASYNC_COM_AGREES(table, constant) \
  static_assert(NameOf(table, static_cast<std::uint32_t>(constant)) == std::string_view(#constant))

ASYNC_COM_AGREES(kHResults, S_OK);
ASYNC_COM_AGREES(kHResults, S_FALSE);
ASYNC_COM_AGREES(kHResults, E_FAIL);
ASYNC_COM_AGREES(kHResults, E_ACCESSDENIED);
ASYNC_COM_AGREES(kHResults, CO_E_INIT_TLS);
ASYNC_COM_AGREES(kHResults, RPC_E_CALL_COMPLETE);
ASYNC_COM_AGREES(kHResults, RPC_S_CALLPENDING);
ASYNC_COM_AGREES(kHResults, CO_E_FAILEDTOIMPERSONATE);
ASYNC_COM_AGREES(kHResults, RPC_E_UNEXPECTED);
ASYNC_COM_AGREES(kHResults, DISP_E_EXCEPTION);
ASYNC_COM_AGREES(kHResults, TYPE_E_CANTLOADLIBRARY);
ASYNC_COM_AGREES(kHResults, STG_E_MEDIUMFULL);
ASYNC_COM_AGREES(kHResults, CLASS_E_NOAGGREGATION);
ASYNC_COM_AGREES(kHResults, REGDB_E_CLASSNOTREG);
ASYNC_COM_AGREES(kHResults, MK_E_UNAVAILABLE);
ASYNC_COM_AGREES(kHResults, CO_E_NOTINITIALIZED);
ASYNC_COM_AGREES(kHResults, CO_E_SERVER_STOPPING);
ASYNC_COM_AGREES(kHResults, SEC_E_NO_IMPERSONATION);
ASYNC_COM_AGREES(kHResults, NTE_BAD_KEYSET);
ASYNC_COM_AGREES(kHResults, CERT_E_EXPIRED);
ASYNC_COM_AGREES(kWin32Errors, ERROR_SUCCESS);
ASYNC_COM_AGREES(kWin32Errors, ERROR_ACCESS_DENIED);
ASYNC_COM_AGREES(kWin32Errors, WAIT_TIMEOUT);
ASYNC_COM_AGREES(kWin32Errors, ERROR_NO_TOKEN);
ASYNC_COM_AGREES(kWin32Errors, ERROR_BAD_IMPERSONATION_LEVEL);
ASYNC_COM_AGREES(kWin32Errors, RPC_S_SERVER_UNAVAILABLE);
ASYNC_COM_AGREES(kWin32Errors, RPC_X_BAD_STUB_DATA);
ASYNC_COM_AGREES(kWin32Errors, EPT_S_NOT_REGISTERED);
ASYNC_COM_AGREES(kWin32Errors, OR_INVALID_OXID);
ASYNC_COM_AGREES(kWin32Errors, WSAECONNREFUSED);

#undef ASYNC_COM_AGREES

constexpr std::uint32_t kWrappedWin32 = 0x80070000;

// Returns the Win32 code that a failing HRESULT of FACILITY_WIN32 wraps. 0x80070000 wraps none,
// because the code 0 means success.
std::optional<DWORD> WrappedWin32(std::uint32_t hresult) {
  if ((hresult & 0xFFFF0000) != kWrappedWin32 || hresult == kWrappedWin32) return std::nullopt;
  return hresult & 0xFFFF;
}

}  // namespace

std::string HResultName(HRESULT hresult) {
  const auto code = static_cast<std::uint32_t>(hresult);
  if (const char* name = NameOf(kHResults, code)) return name;
  if (const auto win32 = WrappedWin32(code)) {
    if (const char* name = NameOf(kWin32Errors, *win32)) return name;
  }
  char text[11];
  std::snprintf(text, sizeof text, "0x%08lX", static_cast<unsigned long>(code));
  return text;
}

std::string Win32ErrorName(DWORD code) {
  if (const char* name = NameOf(kWin32Errors, code)) return name;
  return std::to_string(code);
}

}  // namespace async_com
