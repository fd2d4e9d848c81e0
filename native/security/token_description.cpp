#include "security/token_description.h"

#include <cstddef>
#include <exception>
#include <memory>

#include "com/account.h"
#include "com/win32_error.h"

namespace async_com {
namespace {

// The answer to one class of GetTokenInformation, in memory that is aligned for all of its
// structures.
class TokenAnswer {
 public:
  // Returns nothing if the host refuses the class.
  static std::optional<TokenAnswer> Ask(const Token& token, TOKEN_INFORMATION_CLASS kind) {
    TokenAnswer answer;
    if (answer.Fill(token, kind) != ERROR_SUCCESS) return std::nullopt;
    return answer;
  }

  // Throws Win32Error if the host refuses the class. `what` names the question in the error.
  static TokenAnswer Require(const Token& token, TOKEN_INFORMATION_CLASS kind, const char* what) {
    TokenAnswer answer;
    const DWORD error = answer.Fill(token, kind);
    if (error != ERROR_SUCCESS) throw Win32Error(error, what);
    return answer;
  }

  template <typename Structure>
  const Structure& As() const noexcept {
    return *reinterpret_cast<const Structure*>(bytes_.get());
  }

 private:
  // Large enough for everything except groups and privileges, so most answers need one question.
  static constexpr DWORD kUsualSize = 256;

  TokenAnswer() { Resize(kUsualSize); }

  void Resize(DWORD size) {
    bytes_ = std::make_unique<std::byte[]>(size);
    size_ = size;
  }

  DWORD Fill(const Token& token, TOKEN_INFORMATION_CLASS kind) {
    for (;;) {
      DWORD needed = 0;
      if (::GetTokenInformation(token.Get(), kind, bytes_.get(), size_, &needed)) {
        return ERROR_SUCCESS;
      }
      const DWORD error = ::GetLastError();
      const bool too_small = error == ERROR_INSUFFICIENT_BUFFER || error == ERROR_BAD_LENGTH;
      if (!too_small || needed <= size_) return error;
      Resize(needed);
    }
  }

  std::unique_ptr<std::byte[]> bytes_;
  DWORD size_ = 0;
};

std::uint64_t FromLuid(const LUID& luid) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(luid.HighPart)) << 32) |
         luid.LowPart;
}

void AddNames(PSID sid, Account& account) {
  std::wstring name(256, L'\0');
  std::wstring domain(256, L'\0');
  for (;;) {
    auto name_size = static_cast<DWORD>(name.size());
    auto domain_size = static_cast<DWORD>(domain.size());
    SID_NAME_USE use = SidTypeUnknown;
    if (::LookupAccountSidW(nullptr, sid, name.data(), &name_size, domain.data(), &domain_size,
                            &use)) {
      account.name = name.c_str();
      account.domain = domain.c_str();
      return;
    }
    const bool grows = name_size > name.size() || domain_size > domain.size();
    if (::GetLastError() != ERROR_INSUFFICIENT_BUFFER || !grows) return;
    if (name_size > name.size()) name.resize(name_size);
    if (domain_size > domain.size()) domain.resize(domain_size);
  }
}

Account FullAccount(PSID sid) {
  Account account{SidText(sid), std::nullopt, std::nullopt};
  AddNames(sid, account);
  return account;
}

std::wstring PrivilegeName(LUID luid) {
  std::wstring name(64, L'\0');
  for (;;) {
    auto size = static_cast<DWORD>(name.size());
    if (::LookupPrivilegeNameW(nullptr, &luid, name.data(), &size)) return name.c_str();
    if (::GetLastError() != ERROR_INSUFFICIENT_BUFFER || size < name.size()) break;
    name.resize(static_cast<std::size_t>(size) + 1);
  }
  return std::to_wstring(FromLuid(luid));
}

// SECURITY_MANDATORY_MEDIUM_PLUS_RID, which mingw-w64's headers lack.
constexpr DWORD kMediumPlusRid = SECURITY_MANDATORY_MEDIUM_RID + 0x100;

const char* IntegrityLevelName(DWORD rid) {
  if (rid >= SECURITY_MANDATORY_PROTECTED_PROCESS_RID) return "protected";
  if (rid >= SECURITY_MANDATORY_SYSTEM_RID) return "system";
  if (rid >= SECURITY_MANDATORY_HIGH_RID) return "high";
  if (rid >= kMediumPlusRid) return "medium-plus";
  if (rid >= SECURITY_MANDATORY_MEDIUM_RID) return "medium";
  if (rid >= SECURITY_MANDATORY_LOW_RID) return "low";
  return "untrusted";
}

std::optional<std::vector<TokenGroup>> Groups(const Token& token) {
  const auto answer = TokenAnswer::Ask(token, TokenGroups);
  if (!answer) return std::nullopt;
  const auto& groups = answer->As<TOKEN_GROUPS>();
  std::vector<TokenGroup> all;
  all.reserve(groups.GroupCount);
  for (DWORD i = 0; i < groups.GroupCount; ++i) {
    const SID_AND_ATTRIBUTES& group = groups.Groups[i];
    all.push_back({FullAccount(group.Sid), group.Attributes});
  }
  return all;
}

std::optional<std::vector<TokenPrivilege>> Privileges(const Token& token) {
  const auto answer = TokenAnswer::Ask(token, TokenPrivileges);
  if (!answer) return std::nullopt;
  const auto& privileges = answer->As<TOKEN_PRIVILEGES>();
  std::vector<TokenPrivilege> all;
  all.reserve(privileges.PrivilegeCount);
  for (DWORD i = 0; i < privileges.PrivilegeCount; ++i) {
    const LUID_AND_ATTRIBUTES& privilege = privileges.Privileges[i];
    all.push_back({PrivilegeName(privilege.Luid), privilege.Attributes});
  }
  return all;
}

std::optional<TokenIntegrity> Integrity(const Token& token) {
  const auto answer = TokenAnswer::Ask(token, TokenIntegrityLevel);
  if (!answer) return std::nullopt;
  const PSID sid = answer->As<TOKEN_MANDATORY_LABEL>().Label.Sid;
  const UCHAR count = *::GetSidSubAuthorityCount(sid);
  if (count == 0) return std::nullopt;
  const DWORD rid = *::GetSidSubAuthority(sid, count - 1u);
  return TokenIntegrity{SidText(sid), rid, IntegrityLevelName(rid)};
}

std::optional<bool> Restricted(const Token& token) {
  const auto answer = TokenAnswer::Ask(token, TokenRestrictedSids);
  if (!answer) return std::nullopt;
  return answer->As<TOKEN_GROUPS>().GroupCount != 0;
}

std::optional<bool> Elevated(const Token& token) {
  const auto answer = TokenAnswer::Ask(token, TokenElevation);
  if (!answer) return std::nullopt;
  return answer->As<TOKEN_ELEVATION>().TokenIsElevated != 0;
}

std::optional<std::string> Source(const Token& token) {
  const auto answer = TokenAnswer::Ask(token, TokenSource);
  if (!answer) return std::nullopt;
  // The name has eight bytes. A shorter name ends with a null character or with blanks.
  const auto& source = answer->As<TOKEN_SOURCE>().SourceName;
  std::string name(source, TOKEN_SOURCE_LENGTH);
  name.resize(std::string(name.c_str()).find_last_not_of(' ') + 1);
  return name;
}

}  // namespace

TokenDescription Describe(const Token& token, Detail detail) {
  TokenDescription description;
  description.detail = detail;

  const auto statistics_answer =
      TokenAnswer::Require(token, TokenStatistics, "GetTokenInformation(TokenStatistics)");
  const auto& statistics = statistics_answer.As<TOKEN_STATISTICS>();
  description.type = statistics.TokenType;
  if (statistics.TokenType == TokenImpersonation) {
    description.level = statistics.ImpersonationLevel;
  }
  description.token_id = FromLuid(statistics.TokenId);
  description.modified_id = FromLuid(statistics.ModifiedId);
  // No logon session has the LUID 0. A host that reports 0 (Wine 8.0 does) knows no logon session.
  if (const auto session = FromLuid(statistics.AuthenticationId)) {
    description.logon_session_id = session;
  }

  const auto user_answer = TokenAnswer::Require(token, TokenUser, "GetTokenInformation(TokenUser)");
  const PSID user = user_answer.As<TOKEN_USER>().User.Sid;
  if (detail == Detail::kBrief) {
    description.user.sid = SidText(user);
    return description;
  }

  description.user = FullAccount(user);
  description.groups = Groups(token);
  description.privileges = Privileges(token);
  description.integrity = Integrity(token);
  description.restricted = Restricted(token);
  description.elevated = Elevated(token);
  description.source = Source(token);
  return description;
}

DescribedThreadToken DescribeTokenOfThisThread() noexcept {
  DescribedThreadToken described;
  described.thread_token = TokenOfThisThread();
  if (described.thread_token.IsPresent()) {
    try {
      described.description = Describe(described.thread_token.token, Detail::kBrief);
    } catch (const std::exception&) {
      // The description stays empty. The look still says that there is a token.
    }
    described.thread_token.token = Token();
  }
  return described;
}

}  // namespace async_com
