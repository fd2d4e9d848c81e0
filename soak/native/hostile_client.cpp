// A client that sends mutated packets to a server, through COM's own channel.
//
// Arguments: the class, and the path of the proxy/stub DLL. The program writes "ready", and then
// reads lines:
//
//   send SEED FIRST COUNT THREADS   sends the packets FIRST … of the seed, and then a valid one.
//                                   Answers "sent REACHED REFUSED FAULTS CODES": how many packets
//                                   the server's object answered, how many of these with a failure,
//                                   how many the host refused, and why: HRESULT=COUNT,… If the
//                                   valid packet is refused, the first word is "lost".
//   procedures SEED FIRST COUNT     answers "found INDEX …": which of these packets have another
//                                   procedure number than a valid one
//   show SEED INDEX                 answers with that packet in words
#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
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

// The channels that COM has given to the proxies of this process, by interface.
ComPtr<IRpcChannelBuffer> channels[2];

// Stands before a real proxy, and takes note of its channel.
class ProxyWithChannel final : public interop::ComObject<IRpcProxyBuffer> {
 public:
  ProxyWithChannel(ComPtr<IRpcProxyBuffer> proxy, bool cancellation)
      : proxy_(std::move(proxy)), cancellation_(cancellation) {}

  HRESULT STDMETHODCALLTYPE Connect(IRpcChannelBuffer* channel) noexcept override {
    channels[cancellation_ ? 1 : 0] = channel;
    return proxy_->Connect(channel);
  }
  void STDMETHODCALLTYPE Disconnect() noexcept override { proxy_->Disconnect(); }

 private:
  const ComPtr<IRpcProxyBuffer> proxy_;
  const bool cancellation_;
};

class Factory final : public interop::ComObject<IPSFactoryBuffer> {
 public:
  explicit Factory(ComPtr<IPSFactoryBuffer> real) : real_(std::move(real)) {}

  HRESULT STDMETHODCALLTYPE CreateProxy(IUnknown* outer, REFIID iid, IRpcProxyBuffer** proxy,
                                        void** object) noexcept override {
    ComPtr<IRpcProxyBuffer> made;
    const HRESULT result = real_->CreateProxy(outer, iid, made.GetAddressOf(), object);
    if (SUCCEEDED(result)) {
      *proxy =
          interop::Make<ProxyWithChannel>(std::move(made), iid == IID_ICallCancellation).Detach();
    }
    return result;
  }
  HRESULT STDMETHODCALLTYPE CreateStub(REFIID iid, IUnknown* object,
                                       IRpcStubBuffer** stub) noexcept override {
    return real_->CreateStub(iid, object, stub);
  }

 private:
  const ComPtr<IPSFactoryBuffer> real_;
};

struct Answer {
  HRESULT sent = S_OK;    // whether an answer of the server's object came
  HRESULT result = S_OK;  // what the object's method returned
};

Answer Send(const Packet& packet) {
  IRpcChannelBuffer* const to = channels[packet.of_cancellation ? 1 : 0].Get();
  if (to == nullptr) {
    return {E_NOINTERFACE, S_OK};
  }
  IRpcChannelBuffer& channel = *to;
  RPCOLEMESSAGE message{};
  message.dataRepresentation = packet.representation;
  message.cbBuffer = static_cast<ULONG>(packet.bytes.size());
  message.iMethod = packet.procedure;
  Answer answer;
  answer.sent = channel.GetBuffer(&message, soak::InterfaceOf(packet.of_cancellation));
  if (FAILED(answer.sent)) {
    return answer;
  }
  // Not all channels take a representation from here.
  message.dataRepresentation = packet.representation;
  if (!packet.bytes.empty()) {
    std::memcpy(message.Buffer, packet.bytes.data(), packet.bytes.size());
  }
  ULONG status = 0;
  answer.sent = channel.SendReceive(&message, &status);
  if (answer.sent == S_OK && message.cbBuffer >= sizeof answer.result) {
    // An answer ends with what the method returned.
    std::memcpy(&answer.result,
                static_cast<const BYTE*>(message.Buffer) + message.cbBuffer - sizeof answer.result,
                sizeof answer.result);
  }
  channel.FreeBuffer(&message);
  return answer;
}

class Sending {
 public:
  Sending(const std::vector<soak::Recorded>& recorded, std::uint64_t seed, std::uint64_t first,
          std::uint64_t count)
      : recorded_(recorded), seed_(seed), next_(first), end_(first + count) {}

  std::string Run(std::size_t threads) {
    std::vector<std::jthread> running;
    while (running.size() < threads) {
      running.emplace_back([this] {
        const interop::Apartment apartment;
        SendInTurn();
      });
    }
    running.clear();
    std::string codes;
    for (const auto& [code, count] : codes_) {
      codes += (codes.empty() ? "" : ",") + interop::Hex(code) + "=" + std::to_string(count);
    }
    const bool lost = Send(recorded_.front().packet).sent != S_OK;
    return (lost ? "lost " : "sent ") + std::to_string(reached_) + " " + std::to_string(refused_) +
           " " + std::to_string(faults_) + " " + (codes.empty() ? "none" : codes);
  }

 private:
  void SendInTurn() {
    for (std::uint64_t index = next_++; index < end_; index = next_++) {
      const Answer answer = Send(soak::Mutate(recorded_, soak::Procedures::kAny, seed_, index));
      const std::lock_guard lock(mutex_);
      if (answer.sent != S_OK) {
        ++faults_;
        ++codes_[answer.sent];
      } else {
        ++reached_;
        refused_ += FAILED(answer.result) ? 1 : 0;
      }
    }
  }

  const std::vector<soak::Recorded>& recorded_;
  const std::uint64_t seed_;
  std::atomic<std::uint64_t> next_;
  const std::uint64_t end_;
  std::mutex mutex_;
  std::uint64_t reached_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t faults_ = 0;
  std::map<HRESULT, std::uint64_t> codes_;
};

std::uint64_t NumberFrom(std::string_view text) { return std::stoull(std::string(text)); }

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    const ComPtr<IPSFactoryBuffer> real = soak::LoadFactory(arguments.At(1));
    soak::RegisterFactory(interop::Make<Factory>(real).Get());
    const soak::Recording recording = soak::RecordCalls(*real.Get());
    ComPtr<IMethodCall> object;
    Check(
        CoCreateInstance(arguments.ClsidAt(0), nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object)),
        "CoCreateInstance");
    // The plain server has no ICallCancellation. Then the packets for it are not sent.
    ComPtr<ICallCancellation> cancellation;
    std::ignore = object.As(&cancellation);
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      const std::vector<std::string_view> words = interop::Split(*line);
      if (words.at(0) == "send") {
        Sending sending(recording.requests, NumberFrom(words.at(1)), NumberFrom(words.at(2)),
                        NumberFrom(words.at(3)));
        interop::WriteLine(sending.Run(NumberFrom(words.at(4))));
      } else if (words.at(0) == "procedures") {
        const std::uint64_t first = NumberFrom(words.at(2));
        std::string found = "found";
        for (std::uint64_t index = first; index < first + NumberFrom(words.at(3)); ++index) {
          const Packet packet = soak::Mutate(recording.requests, soak::Procedures::kAny,
                                             NumberFrom(words.at(1)), index);
          found += packet.procedure == 3 ? "" : " " + std::to_string(index);
        }
        interop::WriteLine(found);
      } else {
        interop::WriteLine(
            soak::WordsFromPacket(soak::Mutate(recording.requests, soak::Procedures::kAny,
                                               NumberFrom(words.at(1)), NumberFrom(words.at(2)))));
      }
    }
    channels[0].Reset();
    channels[1].Reset();
  });
}
