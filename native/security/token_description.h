#pragma once

#include <windows.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "security/thread_token.h"

namespace async_com {

struct Account {
  std::wstring sid;  // "S-1-5-32-544"
  // Empty if names were not asked for, or if this host cannot name an account for the SID.
  std::optional<std::wstring> domain;
  std::optional<std::wstring> name;
};

struct TokenGroup {
  Account account;
  DWORD attributes = 0;  // SE_GROUP_*
};

struct TokenPrivilege {
  std::wstring name;     // "SeImpersonatePrivilege"; its number if the host has no name
  DWORD attributes = 0;  // SE_PRIVILEGE_*
};

struct TokenIntegrity {
  std::wstring sid;
  DWORD rid = 0;
  // "untrusted", "low", "medium", "medium-plus", "high", "system", "protected"
  const char* level = "";
};

enum class Detail {
  // Type, level, identifiers and the user's SID. This takes two questions to the system and looks
  // up no names, so it is safe on any thread.
  kBrief,
  // Everything. Must be called on a thread that is not impersonating, because names are looked up
  // as the account that the calling thread acts for. A look-up may need the network and be slow.
  kFull,
};

// An empty optional means that the host could not tell, or was not asked. No value is made up.
struct TokenDescription {
  Detail detail = Detail::kBrief;
  TOKEN_TYPE type = TokenPrimary;
  std::optional<SECURITY_IMPERSONATION_LEVEL> level;  // only an impersonation token has one
  std::uint64_t token_id = 0;                     // this token object; every duplicate has another
  std::uint64_t modified_id = 0;                  // changes when groups or privileges are adjusted
  std::optional<std::uint64_t> logon_session_id;  // TOKEN_STATISTICS.AuthenticationId
  Account user;
  std::optional<std::vector<TokenGroup>> groups;
  std::optional<std::vector<TokenPrivilege>> privileges;
  std::optional<TokenIntegrity> integrity;
  std::optional<bool> restricted;  // has restricting SIDs
  std::optional<bool> elevated;
  std::optional<std::string> source;  // "User32", "Advapi"; needs TOKEN_QUERY_SOURCE on the handle
};

// The token must have been opened with TOKEN_QUERY. Throws Win32Error only if a part of kBrief is
// not available.
TokenDescription Describe(const Token& token, Detail detail);

// A thread's token as plain data, without an open handle. The description is empty if there is no
// token or if it cannot be described.
struct DescribedThreadToken {
  ThreadToken thread_token;  // without its handle
  std::optional<TokenDescription> description;
};
DescribedThreadToken DescribeTokenOfThisThread() noexcept;

}  // namespace async_com
