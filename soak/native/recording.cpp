#include "recording.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "com.h"
#include "method_call.h"
#include "proxy_stub_factory.h"
#include "values.h"

namespace soak {

namespace {

using interop::Bstr;
using interop::Check;
using interop::ComPtr;
using interop::Variant;

// The same call twice. What differs between its two packets describes values.
struct Sample {
  std::wstring method;
  std::vector<std::string_view> arguments[2];
  bool cancellable = false;
  // The answer.
  std::string_view value[2] = {"i4:1", "i4:-2"};
  HRESULT error = S_OK;  // of the handler
  HRESULT result = S_OK;
};

// Pairs of values that are equally long in a packet.
constexpr std::pair<std::string_view, std::string_view> kValues[] = {
    {"empty", "null"},
    {"true", "false"},
    {"i1:-5", "i1:90"},
    {"ui1:200", "ui1:55"},
    {"i2:-32768", "i2:291"},
    {"ui2:65535", "ui2:4660"},
    {"i4:-559038737", "i4:305419896"},
    {"ui4:4294967295", "ui4:286331153"},
    {"int:-1", "int:286331153"},
    {"uint:7", "uint:4042322160"},
    {"i4:-559038737", "r4:3F000000"},
    {"i8:-1234567890123456789", "i8:1147797409030816545"},
    {"ui8:18446744073709551615", "ui8:1147797409030816545"},
    {"r8:3FE0000000000000", "r8:C01FFFFFFFFFFFFF"},
    {"r8:3FE0000000000000", "date:40E3880000000000"},
    {"date:40E3881234567890", "date:C0C3880987654321"},
    {"cy:12500", "cy:-9223372036854775808"},
    {"error:80020004", "error:7FFDFFFB"},
    {"bstr:680065006C006C006F00", "bstr:57D857DC0000FFFF0A00"},
    {"bytes:00112233445566778899AABBCCDDEEFF", "bytes:FFEEDDCCBBAA99887766554433221100"},
    {"[i4:1,i4:2,i4:3]", "[i4:-2,i4:-3,i4:-4]"},
    {"[i4:1,r8:3FE0000000000000,bstr:6100]", "[r4:3F000000,i8:-1,bstr:9EFF]"},
    {"[[[i4:1,[bstr:6100]],null],true]", "[[[i4:-2,[bstr:9EFF]],empty],false]"},
    {"i4[i4:1,i4:-2]", "i4[i4:-2,i4:1]"},
    {"r8[r8:3FE0000000000000,r8:0000000000000000]", "r8[r8:C01FFFFFFFFFFFFF,r8:7FF0000000000001]"},
    {"bool[true,false]", "bool[false,true]"},
    {"bstr[bstr:6100,bstr:62006300]", "bstr[bstr:9EFF,bstr:9DFF9CFF]"},
    {"date[date:40E3880000000000]", "date[date:C01FFFFFFFFFFFFF]"},
    {"i4<2x2>[i4:1,i4:2,i4:3,i4:4]", "i4<2x2>[i4:-2,i4:-3,i4:-4,i4:-5]"},
    {"ui1<2x2>[ui1:1,ui1:2,ui1:3,ui1:4]", "ui1<2x2>[ui1:254,ui1:253,ui1:252,ui1:251]"},
    // An object and a Map of JavaScript.
    {"<1x1329744433~2>[bstr:6100,i4:1]", "<1x1329744433~2>[bstr:9EFF,i4:-2]"},
    {"<1x1296126001~2>[i4:1,[i4:2]]", "<1x1296126001~2>[i4:-2,[i4:-3]]"},
    {"mismatch", "mismatch"},
    {"object", "object"},
    {"[object,i4:1]", "[object,i4:-2]"},
};

std::vector<Sample> AllSamples() {
  std::vector<Sample> calls;
  for (const auto& [one, other] : kValues) {
    Sample call;
    call.method = L"echoOne";
    call.arguments[0] = {one};
    call.arguments[1] = {other};
    call.value[0] = one;
    call.value[1] = other;
    calls.push_back(call);
    call.method = L"echo";
    call.arguments[0] = {"i4:17", one, "bstr:61006200", "r8:3FE0000000000000"};
    call.arguments[1] = {"i4:-18", other, "bstr:9EFF9DFF", "r8:C01FFFFFFFFFFFFF"};
    call.cancellable = true;
    calls.push_back(call);
  }
  calls.push_back({L"add", {{"i4:2", "r8:4000000000000000"}, {"i4:-3", "r8:BFFFFFFFFFFFFFFF"}}});
  // Some handlers impersonate the client. What they leave on the thread must be removed.
  calls.push_back({L"impersonate", {{"i4:17"}, {"i4:-18"}}, true});
  calls.push_back({L"signal", {{"i4:17"}, {"i4:-18"}}, true});
  calls.push_back({L"fail",
                   {{"i4:-2147467259", "bstr:6E006F00"}, {"i4:-2147352573", "bstr:91FF90FF"}},
                   false,
                   {"empty", "empty"},
                   E_FAIL});
  calls.push_back(
      {L"nobody", {{"i4:17"}, {"i4:-18"}}, true, {"empty", "empty"}, S_OK, DISP_E_MEMBERNOTFOUND});
  calls.push_back({L"echo", {{}, {}}});
  return calls;
}

// The object that the stub calls. It answers as it was told before.
class Answering final : public interop::ComObject<IMethodCall, ICallCancellation> {
 public:
  void AnswerAs(const Sample& call, int which) {
    call_ = &call;
    which_ = which;
  }

  HRESULT STDMETHODCALLTYPE Call(BSTR, SAFEARRAY*, const GUID*, VARIANT* result,
                                 CallError* error) noexcept override {
    VariantInit(result);
    *error = {};
    if (FAILED(call_->result)) {
      return call_->result;
    }
    try {
      if (FAILED(call_->error)) {
        const std::wstring text = which_ == 0 ? L"why" : L"\xFF88\xFF97\xFF86";
        *error = {call_->error ^ which_, Bstr(text).Detach(), Bstr(text + text).Detach()};
      } else {
        Variant value = interop::ValueFromWords(call_->value[which_]);
        std::swap(*result, *value);
        KeepAlive(*result);
      }
      return S_OK;
    } catch (const std::exception&) {
      return E_UNEXPECTED;
    }
  }

  HRESULT STDMETHODCALLTYPE CancelCall(REFGUID) noexcept override { return S_OK; }

  // Makes references to the objects in a value, which stay valid however often they are used.
  static void KeepAlive(const VARIANT& value) {
    if (value.vt == (VT_ARRAY | VT_VARIANT) && SafeArrayGetDim(value.parray) == 1) {
      const auto* const elements = static_cast<const VARIANT*>(value.parray->pvData);
      for (ULONG index = 0; index < value.parray->rgsabound[0].cElements; ++index) {
        KeepAlive(elements[index]);
      }
    } else if (value.vt == VT_UNKNOWN) {
      ComPtr<IStream> nowhere;
      Check(CreateStreamOnHGlobal(nullptr, TRUE, nowhere.GetAddressOf()), "CreateStreamOnHGlobal");
      Check(CoMarshalInterface(nowhere.Get(), IID_IUnknown, value.punkVal, MSHCTX_LOCAL, nullptr,
                               MSHLFLAGS_TABLESTRONG),
            "CoMarshalInterface");
    }
  }

 private:
  const Sample* call_ = nullptr;
  int which_ = 0;
};

// What a channel has in common at both ends of a call in this process.
class Channel : public interop::ComObject<IRpcChannelBuffer> {
 public:
  HRESULT STDMETHODCALLTYPE GetBuffer(RPCOLEMESSAGE* message, REFIID) noexcept override {
    buffer_.assign(message->cbBuffer, 0);
    message->Buffer = buffer_.data();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SendReceive(RPCOLEMESSAGE*, ULONG*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE FreeBuffer(RPCOLEMESSAGE*) noexcept override { return S_OK; }
  HRESULT STDMETHODCALLTYPE GetDestCtx(DWORD* context, void** more) noexcept override {
    *context = MSHCTX_LOCAL;
    *more = nullptr;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE IsConnected() noexcept override { return S_OK; }

 private:
  std::vector<BYTE> buffer_;
};

// The proxy's end. It keeps copies of what is sent and answered.
class ClientChannel final : public Channel {
 public:
  explicit ClientChannel(ComPtr<IRpcStubBuffer> stub) : stub_(std::move(stub)) {}

  const Packet& Request() const { return request_; }
  const Packet& Answer() const { return answer_; }

  HRESULT STDMETHODCALLTYPE SendReceive(RPCOLEMESSAGE* message, ULONG* status) noexcept override {
    request_ = PacketOf(*message);
    RPCOLEMESSAGE incoming = *message;
    incoming.iMethod = request_.procedure;
    const HRESULT result = stub_->Invoke(&incoming, server_.Get());
    if (SUCCEEDED(result)) {
      answer_ = PacketOf(incoming);
      message->Buffer = incoming.Buffer;
      message->cbBuffer = incoming.cbBuffer;
    }
    if (status != nullptr) {
      *status = RPC_S_OK;
    }
    return result;
  }

 private:
  // A proxy sets this bit of the procedure's number (RPC_FLAGS_VALID_BIT). It does not travel.
  static constexpr ULONG kFlagsValid = 0x8000;

  static Packet PacketOf(const RPCOLEMESSAGE& message) {
    const auto* const bytes = static_cast<const BYTE*>(message.Buffer);
    Packet packet;
    packet.procedure = message.iMethod & ~kFlagsValid;
    packet.representation = message.dataRepresentation;
    packet.bytes.assign(bytes, bytes + message.cbBuffer);
    return packet;
  }

  const ComPtr<IRpcStubBuffer> stub_;
  const ComPtr<Channel> server_ = interop::Make<Channel>();
  Packet request_;
  Packet answer_;
};

// A proxy and the stub that it calls.
template <typename Interface>
class Pair {
 public:
  Pair(IPSFactoryBuffer& factory, IUnknown* object) {
    const IID& iid = __uuidof(Interface);
    ComPtr<IRpcStubBuffer> stub;
    Check(factory.CreateStub(iid, object, stub.GetAddressOf()), "CreateStub");
    channel = interop::Make<ClientChannel>(std::move(stub));
    void* found = nullptr;
    Check(factory.CreateProxy(nullptr, iid, buffer_.GetAddressOf(), &found), "CreateProxy");
    proxy.Attach(static_cast<Interface*>(found));
    Check(buffer_->Connect(channel.Get()), "Connect");
  }

  ComPtr<ClientChannel> channel;
  ComPtr<Interface> proxy;

 private:
  ComPtr<IRpcProxyBuffer> buffer_;
};

constexpr GUID kCancelIds[2] = {
    {0x11223344, 0x5566, 0x7788, {0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xF1, 0x02}},
    {0xEEDDCCBB, 0xAA99, 0x8877, {0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0x0E, 0xFD}}};

Recorded Compare(const Packet& one, const Packet& other, bool of_cancellation) {
  if (one.bytes.size() != other.bytes.size() || one.bytes.empty()) {
    throw interop::Failure(E_UNEXPECTED, "two packets of one call differ in length");
  }
  Recorded recorded;
  recorded.packet = one;
  recorded.packet.of_cancellation = of_cancellation;
  for (std::size_t index = 0; index < one.bytes.size(); ++index) {
    if (one.bytes[index] != other.bytes[index]) {
      recorded.values.push_back(index);
    }
  }
  FindLengths(recorded);
  return recorded;
}

}  // namespace

Recording RecordCalls(IPSFactoryBuffer& factory) {
  Recording recording;
  const auto object = interop::Make<Answering>();
  const Pair<IMethodCall> calls(factory, static_cast<IMethodCall*>(object.Get()));
  for (const Sample& call : AllSamples()) {
    Packet requests[2];
    Packet answers[2];
    for (int which = 0; which < 2; ++which) {
      const Bstr method(call.method);
      const Variant arguments = interop::ArrayFromWords(call.arguments[which]);
      Answering::KeepAlive(*arguments);
      object->AnswerAs(call, which);
      Variant result;
      CallError error{};
      const HRESULT called =
          calls.proxy->Call(method.Get(), arguments->parray,
                            call.cancellable ? &kCancelIds[which] : nullptr, &*result, &error);
      SysFreeString(error.source);
      SysFreeString(error.description);
      if (called != call.result) {
        throw interop::Failure(called, "a call that is recorded");
      }
      requests[which] = calls.channel->Request();
      answers[which] = calls.channel->Answer();
    }
    recording.requests.push_back(Compare(requests[0], requests[1], false));
    recording.answers.push_back(Compare(answers[0], answers[1], false));
  }
  const Pair<ICallCancellation> cancellations(factory, static_cast<IMethodCall*>(object.Get()));
  Packet requests[2];
  for (int which = 0; which < 2; ++which) {
    Check(cancellations.proxy->CancelCall(kCancelIds[which]), "CancelCall");
    requests[which] = cancellations.channel->Request();
  }
  // A few of them among the calls.
  for (int copies = 0; copies < 3; ++copies) {
    recording.requests.push_back(Compare(requests[0], requests[1], true));
  }
  return recording;
}

}  // namespace soak
