#include "testing/double/stub_target.h"

#include <objbase.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "com/entry.h"
#include "com/object.h"
#include "com/registry.h"
#include "testing/double/asynchronous_call.h"
#include "testing/double/behaviour.h"
#include "testing/double/observed.h"

namespace async_com {

namespace {

std::wstring TextOf(const IID& iid) {
  std::array<wchar_t, 40> text{};
  StringFromGUID2(iid, text.data(), static_cast<int>(text.size()));
  return text.data();
}

// Returns whether the registry says that AsyncIMethodCall is the asynchronous form of IMethodCall.
bool HasAsynchronousInterface() {
  const auto key = ReadRegistryKey(
      HKEY_CLASSES_ROOT, L"Interface\\" + TextOf(IID_IMethodCall) + L"\\AsynchronousInterface");
  if (!key) {
    return false;
  }
  const std::wstring expected = TextOf(IID_AsyncIMethodCall);
  for (const auto& [name, data] : key->values) {
    const auto* text = std::get_if<std::wstring>(&data);
    if (name.empty() && text != nullptr) {
      return CompareStringOrdinal(text->c_str(), -1, expected.c_str(), -1, TRUE) == CSTR_EQUAL;
    }
  }
  return false;
}

class StubTarget final : public ComObject<IMethodCall> {
 public:
  explicit StubTarget(ComPtr<IMethodCall> server_object)
      : server_object_(std::move(server_object)) {}

  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                 VARIANT* result, CallError* error) noexcept override {
    return Guarded([&] {
      VariantInit(result);
      *error = {};
      // CoDisconnectObject may release the server object and this one in the middle of a call.
      const ComPtr<StubTarget> self(this);
      const Behaviour behaviour = ChosenBehaviour();
      ComPtr<ICallFactory> factory;
      if (behaviour != Behaviour::kNeverAsynchronous && HasAsynchronousInterface() &&
          SUCCEEDED(server_object_.As(&factory))) {
        const auto call =
            std::make_shared<AsynchronousCall>(behaviour, method, arguments, cancel_id);
        const HRESULT created = call->Create(*factory.Get());
        if (SUCCEEDED(created)) {
          Count(&Observed::asynchronous);
          return call->Run(result, error);
        }
        if (behaviour == Behaviour::kNoFallback) {
          return created;
        }
      }
      Count(&Observed::synchronous);
      return server_object_->Call(method, arguments, cancel_id, result, error);
    });
  }

 private:
  const ComPtr<IMethodCall> server_object_;
};

}  // namespace

ComPtr<IUnknown> MakeStubTarget(ComPtr<IMethodCall> server_object) {
  return MakeCom<StubTarget>(std::move(server_object));
}

}  // namespace async_com
