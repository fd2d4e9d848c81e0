#pragma once

#include <napi.h>

#include <windows.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <string>

#include "com/win32_error.h"
#include "node/js_queue.h"

namespace async_com {

// As JavaScript writes it: 0x80004005, not a negative number.
inline Napi::Number HResultToJs(Napi::Env env, HRESULT hresult) {
  return Napi::Number::New(env, static_cast<double>(static_cast<std::uint32_t>(hresult)));
}

// What came of a step on another thread. lib/outcome.ts has the shape JavaScript sees.
struct Outcome {
  HRESULT hresult = S_OK;
  const char* operation = nullptr;  // what `hresult` is from
  DWORD thread_id = 0;              // where it ran
  std::int64_t time = 0;            // QueryPerformanceCounter, when it was done
  // Makes the value on the JavaScript thread. It may move what it holds out.
  std::function<Napi::Value(Napi::Env)> value;

  // Of a step that ends now, on the calling thread.
  static Outcome Here(HRESULT result, const char* its_operation);
};

// JavaScript thread. What it throws is what making the value threw.
Napi::Object OutcomeToJs(Napi::Env env, Outcome outcome);

// Runs `body`, which gives an Outcome; an exception becomes the outcome that says the same.
template <typename Body>
Outcome OutcomeOf(const char* operation, Body&& body) noexcept {
  try {
    return body();
  } catch (const WindowsFailure& failure) {
    return Outcome::Here(failure.Result(), failure.Operation());
  } catch (const std::bad_alloc&) {
    return Outcome::Here(E_OUTOFMEMORY, operation);
  } catch (const std::exception&) {
    return Outcome::Here(E_UNEXPECTED, operation);
  }
}

// A promise that another thread will settle. It always resolves, with an Outcome: what is a failure
// the caller decides. One that is dropped unsettled resolves with RPC_E_CALL_COMPLETE: the thread
// it was meant for was no longer there.
class Promised {
 public:
  // JavaScript thread.
  static Promised Create(Napi::Env env, std::shared_ptr<JsQueue> queue);

  Promised(Promised&&) noexcept;
  Promised& operator=(Promised&&) = delete;
  Promised(const Promised&) = delete;
  Promised& operator=(const Promised&) = delete;
  ~Promised();

  Napi::Promise Promise() const;

  // Any thread, once.
  void Settle(Outcome outcome) noexcept;

 private:
  class Settlement;

  Promised(std::shared_ptr<JsQueue> queue, std::unique_ptr<Settlement> settlement);

  std::shared_ptr<JsQueue> queue_;
  std::unique_ptr<Settlement> settlement_;
};

}  // namespace async_com
