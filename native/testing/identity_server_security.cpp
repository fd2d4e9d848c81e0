#include "testing/identity_server_security.h"

#include <windows.h>

#include <objidl.h>
#include <rpc.h>

#include "com/object.h"

namespace async_com {

namespace {

class IdentityServerSecurity final : public ComObject<IServerSecurity> {
 public:
  HRESULT STDMETHODCALLTYPE QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** server_principal, DWORD* authn_level, DWORD*,
                                         void** privileges, DWORD* capabilities) noexcept override {
    *authn_service = RPC_C_AUTHN_WINNT;
    *authz_service = RPC_C_AUTHZ_NONE;
    *server_principal = nullptr;
    *authn_level = RPC_C_AUTHN_LEVEL_PKT_PRIVACY;
    *privileges = &identity_;
    *capabilities = 0;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE ImpersonateClient() noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE RevertToSelf() noexcept override { return E_NOTIMPL; }
  BOOL STDMETHODCALLTYPE IsImpersonating() noexcept override { return FALSE; }

 private:
  // Not zero at its start, so it is not an empty string either.
  unsigned short user_[4] = {'a', 'd', 'a', 0};
  SEC_WINNT_AUTH_IDENTITY_W identity_{user_, 3, nullptr, 0, nullptr, 0, 2};
};

}  // namespace

Blanket QueryBlanketWithIdentity() {
  return query_client_blanket(MakeCom<IdentityServerSecurity>().Get());
}

}  // namespace async_com
