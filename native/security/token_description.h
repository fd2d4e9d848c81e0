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
  // Empty where names were not asked for, or the SID belongs to no account that this host can name.
  std::optional<std::wstring> domain;
  std::optional<std::wstring> name;
};

struct TokenGroup {
  Account account;
  DWORD attributes = 0;  // SE_GROUP_*
};

struct TokenPrivilege {
  std::wstring name;     // "SeImpersonatePrivilege"; its number where the host has no name for it
  DWORD attributes = 0;  // SE_PRIVILEGE_*
};

struct TokenIntegrity {
  std::wstring sid;
  DWORD rid = 0;
  // "untrusted", "low", "medium", "medium-plus", "high", "system", "protected"
  const char* level = "";
};

enum class Detail {
  // Type, level, identifiers and the user's SID. Two questions to the system, no names: safe on any
  // thread.
  kBrief,
  // Everything. Must be called on a thread that is not impersonating: names are looked up as
  // whoever the calling thread acts for. A look-up may need the network and be slow.
  kFull,
};

// Where an optional is empty, the host could not tell or it was not asked for. Nothing is made up.
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

// The token must have been opened with TOKEN_QUERY. Throws Win32Error only where a part of kBrief
// cannot be had.
TokenDescription Describe(const Token& token, Detail detail);

// A thread's token as plain data: whoever keeps it holds no handle by it. The description is empty
// where there is no token, or it cannot be described.
struct DescribedThreadToken {
  ThreadToken thread_token;  // its handle is not kept
  std::optional<TokenDescription> description;
};
DescribedThreadToken DescribeTokenOfThisThread() noexcept;

}  // namespace async_com
