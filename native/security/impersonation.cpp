#include "security/impersonation.h"

#include <tuple>

#include "security/thread_token.h"

namespace async_com {

HRESULT ImpersonateClientOf(IServerSecurity& security) noexcept {
  const HRESULT result = security.ImpersonateClient();
  if (FAILED(result) || !TokenOfThisThread().IsAbsent()) {
    return result;
  }
  std::ignore = security.RevertToSelf();
  return HRESULT_FROM_WIN32(ERROR_NO_TOKEN);
}

}  // namespace async_com
