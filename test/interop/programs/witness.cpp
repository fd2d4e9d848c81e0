// Looks at the impersonation tokens of other processes' threads. Each input line is a thread id.
// The answer says what was found, and when (ticks of QueryPerformanceCounter):
//
//   absent ERROR TIME
//   anonymous ERROR TIME
//   present TYPE LEVEL TOKEN-ID MODIFIED-ID USER TIME    (LEVEL is "none" for a primary token)
//   unknown FUNCTION ERROR TIME
#include <windows.h>

#include <sddl.h>

#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "lines.h"

namespace {

struct HandleCloser {
  void operator()(HANDLE handle) const noexcept { CloseHandle(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<HANDLE>, HandleCloser>;

std::string Unknown(const char* function) {
  return std::string("unknown ") + function + " " + std::to_string(GetLastError());
}

const char* LevelName(SECURITY_IMPERSONATION_LEVEL level) {
  switch (level) {
    case SecurityAnonymous:
      return "anonymous";
    case SecurityIdentification:
      return "identification";
    case SecurityImpersonation:
      return "impersonation";
    case SecurityDelegation:
      return "delegation";
    default:
      return "other";
  }
}

std::string Hex(const LUID& id) {
  const std::uint64_t number =
      static_cast<std::uint64_t>(static_cast<std::uint32_t>(id.HighPart)) << 32 | id.LowPart;
  char digits[17] = {};
  *std::to_chars(digits, digits + 16, number, 16).ptr = '\0';
  return std::string("0x") + digits;
}

std::string Describe(HANDLE token) {
  TOKEN_STATISTICS statistics{};
  DWORD size = 0;
  if (!GetTokenInformation(token, TokenStatistics, &statistics, sizeof statistics, &size)) {
    return Unknown("GetTokenInformation");
  }
  GetTokenInformation(token, TokenUser, nullptr, 0, &size);
  std::vector<BYTE> user(size);
  if (!GetTokenInformation(token, TokenUser, user.data(), size, &size)) {
    return Unknown("GetTokenInformation");
  }
  char* sid = nullptr;
  if (!ConvertSidToStringSidA(reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid, &sid)) {
    return Unknown("ConvertSidToStringSidA");
  }
  const std::string user_name(sid);
  LocalFree(sid);
  const bool primary = statistics.TokenType == TokenPrimary;
  return std::string("present ") + (primary ? "primary none" : "impersonation ") +
         (primary ? "" : LevelName(statistics.ImpersonationLevel)) + " " + Hex(statistics.TokenId) +
         " " + Hex(statistics.ModifiedId) + " " + user_name;
}

std::string LookAt(DWORD thread_id) {
  const Handle thread(OpenThread(THREAD_QUERY_INFORMATION, FALSE, thread_id));
  if (thread == nullptr) {
    return Unknown("OpenThread");
  }
  HANDLE found = nullptr;
  if (!OpenThreadToken(thread.get(), TOKEN_QUERY, TRUE, &found)) {
    switch (GetLastError()) {
      case ERROR_NO_TOKEN:
        return "absent " + std::to_string(ERROR_NO_TOKEN);
      case ERROR_CANT_OPEN_ANONYMOUS:
        return "anonymous " + std::to_string(ERROR_CANT_OPEN_ANONYMOUS);
      default:
        return Unknown("OpenThreadToken");
    }
  }
  const Handle token(found);
  return Describe(token.get());
}

std::string Ticks() {
  LARGE_INTEGER now{};
  QueryPerformanceCounter(&now);
  return std::to_string(now.QuadPart);
}

}  // namespace

int main() {
  return interop::RunProgram([] {
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      DWORD thread_id = 0;
      std::from_chars(line->data(), line->data() + line->size(), thread_id);
      const std::string seen = LookAt(thread_id);
      interop::WriteLine(seen + " " + Ticks());
    }
  });
}
