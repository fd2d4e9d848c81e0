#include "node/shared_state.h"

#include <windows.h>

#include <cstdint>
#include <optional>
#include <utility>

#include "com/handle.h"
#include "com/named_mutex.h"
#include "com/process_start.h"
#include "node/outcome.h"
#include "node/utf16.h"

namespace async_com {

Napi::Value WithNamedMutexFromJs(const Napi::CallbackInfo& info) {
  const auto name = WideFromJs(info[0]);
  const auto milliseconds = info[1].As<Napi::Number>().Uint32Value();
  std::optional<HeldNamedMutex> held;
  Outcome outcome = OutcomeOf("CreateMutexW", [&] { held.emplace(name, milliseconds); });
  if (held) {
    info[2].As<Napi::Function>().Call({});
  }
  return OutcomeToJs(info.Env(), std::move(outcome));
}

Napi::Value ProcessStartFromJs(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const DWORD id = info[0].As<Napi::Number>().Uint32Value();
  const UniqueHandle process(
      OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, id));
  if (!process) {
    // A process of another account may refuse; it runs all the same.
    return GetLastError() == ERROR_ACCESS_DENIED
               ? Napi::Value(Napi::BigInt::New(env, std::uint64_t{0}))
               : env.Null();
  }
  // A process that has ended keeps its id while somebody has a handle to it.
  if (WaitForSingleObject(process.Get(), 0) == WAIT_OBJECT_0) {
    return env.Null();
  }
  return Napi::BigInt::New(env, StartOfProcess(process.Get()));
}

}  // namespace async_com
