// A server whose answers are mutated packets.
//
// Arguments: the class, and the path of the proxy/stub DLL. The program writes "ready". It answers
// calls as they should be answered, until it reads a line:
//
//   answer SEED FIRST COUNT   the next COUNT calls get the packets FIRST … of the seed
//   left                      writes how many of these are still to come
//   show SEED INDEX           writes that packet in words
#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "method_call.h"
#include "mutation.h"
#include "proxy_stub_factory.h"
#include "recording.h"

namespace {

using interop::Check;
using interop::ComPtr;
using soak::Packet;

std::vector<soak::Recorded> recorded;
std::atomic<std::uint64_t> seed{0};
std::atomic<std::uint64_t> end{0};
std::atomic<std::int64_t> left{0};

// Stands before a real stub, and answers in its place.
class HostileStub final : public interop::ComObject<IRpcStubBuffer> {
 public:
  HostileStub(ComPtr<IRpcStubBuffer> stub, bool cancellation)
      : stub_(std::move(stub)), cancellation_(cancellation) {}

  HRESULT STDMETHODCALLTYPE Connect(IUnknown* object) noexcept override {
    return stub_->Connect(object);
  }
  void STDMETHODCALLTYPE Disconnect() noexcept override { stub_->Disconnect(); }
  HRESULT STDMETHODCALLTYPE Invoke(RPCOLEMESSAGE* message,
                                   IRpcChannelBuffer* channel) noexcept override {
    // A cancellation's answer is only a number. It is not counted.
    const std::int64_t turn = cancellation_ ? 0 : left--;
    if (turn <= 0) {
      if (!cancellation_) {
        ++left;
      }
      return stub_->Invoke(message, channel);
    }
    const Packet answer = soak::Mutate(recorded, soak::Procedures::kSame, seed,
                                       end - static_cast<std::uint64_t>(turn));
    message->cbBuffer = static_cast<ULONG>(answer.bytes.size());
    const HRESULT result = channel->GetBuffer(message, IID_IMethodCall);
    if (FAILED(result)) {
      return result;
    }
    message->dataRepresentation = answer.representation;
    if (!answer.bytes.empty()) {
      std::memcpy(message->Buffer, answer.bytes.data(), answer.bytes.size());
    }
    return S_OK;
  }
  IRpcStubBuffer* STDMETHODCALLTYPE IsIIDSupported(REFIID iid) noexcept override {
    return stub_->IsIIDSupported(iid);
  }
  ULONG STDMETHODCALLTYPE CountRefs() noexcept override { return stub_->CountRefs(); }
  HRESULT STDMETHODCALLTYPE DebugServerQueryInterface(void** object) noexcept override {
    return stub_->DebugServerQueryInterface(object);
  }
  void STDMETHODCALLTYPE DebugServerRelease(void* object) noexcept override {
    stub_->DebugServerRelease(object);
  }

 private:
  const ComPtr<IRpcStubBuffer> stub_;
  const bool cancellation_;
};

class Factory final : public interop::ComObject<IPSFactoryBuffer> {
 public:
  explicit Factory(ComPtr<IPSFactoryBuffer> real) : real_(std::move(real)) {}

  HRESULT STDMETHODCALLTYPE CreateProxy(IUnknown* outer, REFIID iid, IRpcProxyBuffer** proxy,
                                        void** object) noexcept override {
    return real_->CreateProxy(outer, iid, proxy, object);
  }
  HRESULT STDMETHODCALLTYPE CreateStub(REFIID iid, IUnknown* object,
                                       IRpcStubBuffer** stub) noexcept override {
    ComPtr<IRpcStubBuffer> made;
    const HRESULT result = real_->CreateStub(iid, object, made.GetAddressOf());
    if (SUCCEEDED(result)) {
      *stub = interop::Make<HostileStub>(std::move(made), iid == IID_ICallCancellation).Detach();
    }
    return result;
  }

 private:
  const ComPtr<IPSFactoryBuffer> real_;
};

// Answers a call as it should be answered: with its first argument.
class MethodServer final : public interop::ComObject<IMethodCall, ICallCancellation> {
 public:
  HRESULT STDMETHODCALLTYPE Call(BSTR, SAFEARRAY* arguments, const GUID*, VARIANT* result,
                                 CallError* error) noexcept override {
    VariantInit(result);
    *error = {};
    LONG first = 0;
    return arguments == nullptr ? S_OK : SafeArrayGetElement(arguments, &first, result);
  }

  HRESULT STDMETHODCALLTYPE CancelCall(REFGUID) noexcept override { return S_FALSE; }
};

class ClassObject final : public interop::ComObject<IClassFactory> {
 public:
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid,
                                           void** object) noexcept override {
    *object = nullptr;
    if (outer != nullptr) {
      return CLASS_E_NOAGGREGATION;
    }
    try {
      return interop::Make<MethodServer>()->QueryInterface(iid, object);
    } catch (const std::bad_alloc&) {
      return E_OUTOFMEMORY;
    }
  }

  HRESULT STDMETHODCALLTYPE LockServer(BOOL) noexcept override { return S_OK; }
};

std::uint64_t NumberFrom(std::string_view text) { return std::stoull(std::string(text)); }

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    const ComPtr<IPSFactoryBuffer> real = soak::LoadFactory(arguments.At(1));
    soak::RegisterFactory(interop::Make<Factory>(real).Get());
    recorded = soak::RecordCalls(*real.Get()).answers;
    const auto class_object = interop::Make<ClassObject>();
    DWORD cookie = 0;
    Check(CoRegisterClassObject(arguments.ClsidAt(0), class_object.Get(), CLSCTX_LOCAL_SERVER,
                                REGCLS_MULTIPLEUSE, &cookie),
          "CoRegisterClassObject");
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      const std::vector<std::string_view> words = interop::Split(*line);
      if (words.at(0) == "answer") {
        seed = NumberFrom(words.at(1));
        end = NumberFrom(words.at(2)) + NumberFrom(words.at(3));
        left = static_cast<std::int64_t>(NumberFrom(words.at(3)));
        interop::WriteLine("answering");
      } else if (words.at(0) == "left") {
        interop::WriteLine(std::to_string(left));
      } else {
        interop::WriteLine(soak::WordsFromPacket(soak::Mutate(
            recorded, soak::Procedures::kSame, NumberFrom(words.at(1)), NumberFrom(words.at(2)))));
      }
    }
    CoRevokeClassObject(cookie);
  });
}
