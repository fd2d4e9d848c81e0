#pragma once

#include <napi.h>

#include <windows.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "com/win32_error.h"

namespace async_com {

// Returns the HRESULT as JavaScript writes it: 0x80004005, not a negative number.
inline Napi::Number HResultToJs(Napi::Env env, HRESULT hresult) {
  return Napi::Number::New(env, static_cast<double>(static_cast<std::uint32_t>(hresult)));
}

// The result of a step on another thread. lib/native/outcome.ts declares what JavaScript sees.
struct Outcome {
  HRESULT hresult = S_OK;
  FailureKind kind = FailureKind::kSystem;  // only for a failure
  const char* operation = nullptr;          // the function that returned `hresult`
  DWORD thread_id = 0;                      // the thread that ran the step
  std::int64_t time = 0;                    // QueryPerformanceCounter when it was done
  // Makes the value, on the JavaScript thread. Called once, because it may move out what it holds.
  std::function<Napi::Value(Napi::Env)> value;

  // Makes the outcome of a step that ends now, on the calling thread.
  static Outcome Here(HRESULT result, const char* its_operation);
  // Does the same for a step that succeeded and has a value: `to_js(env, value)` makes the
  // JavaScript value.
  template <typename Value, typename ToJs>
  static Outcome WithValue(const char* its_operation, Value value, ToJs to_js) {
    Outcome outcome = Here(S_OK, its_operation);
    // std::function must be able to copy what it holds.
    auto kept = std::make_shared<Value>(std::move(value));
    outcome.value = [kept, to_js](Napi::Env env) { return Napi::Value(to_js(env, *kept)); };
    return outcome;
  }
  // Makes the outcome of a step that never ran, because its thread no longer exists
  // (RPC_E_CALL_COMPLETE) or because no thread is available.
  static Outcome NotRun(HRESULT result);
};

inline Napi::Value BooleanToJs(Napi::Env env, bool value) { return Napi::Boolean::New(env, value); }

// Must be called on the JavaScript thread. Throws what making the value throws.
Napi::Object OutcomeToJs(Napi::Env env, Outcome outcome);

// Runs `body` and returns its Outcome, or an outcome with S_OK if `body` returns nothing. An
// exception becomes the corresponding outcome.
template <typename Body>
Outcome OutcomeOf(const char* operation, Body&& body) noexcept {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return Outcome::Here(S_OK, operation);
    } else {
      return body();
    }
  } catch (const WindowsFailure& failure) {
    Outcome outcome = Outcome::Here(failure.Result(), failure.Operation());
    outcome.kind = failure.Kind();
    return outcome;
  } catch (const std::bad_alloc&) {
    return Outcome::Here(E_OUTOFMEMORY, operation);
  } catch (const std::exception&) {
    return Outcome::Here(E_UNEXPECTED, operation);
  }
}

}  // namespace async_com
