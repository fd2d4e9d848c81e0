#include "testing/object_reference.h"

#include <objbase.h>

#include <cstddef>
#include <utility>

#include "client/activation.h"
#include "com/runtime.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

ComPtr<IStream> NewStream() {
  ComPtr<IStream> stream;
  ThrowIfFailed(CreateStreamOnHGlobal(nullptr, TRUE, stream.GetAddressOf()),
                "CreateStreamOnHGlobal");
  return stream;
}

void Rewind(IStream* stream) {
  ThrowIfFailed(stream->Seek({}, STREAM_SEEK_SET, nullptr), "IStream::Seek");
}

std::string MarshalObject(const ComPtr<IMethodCall>& object) {
  const ComPtr<IStream> stream = NewStream();
  ThrowIfFailed(CoMarshalInterface(stream.Get(), IID_IMethodCall, object.Get(), MSHCTX_LOCAL,
                                   nullptr, MSHLFLAGS_NORMAL),
                "CoMarshalInterface");
  ULARGE_INTEGER size{};
  ThrowIfFailed(stream->Seek({}, STREAM_SEEK_CUR, &size), "IStream::Seek");
  Rewind(stream.Get());
  std::string bytes(static_cast<std::size_t>(size.QuadPart), '\0');
  ULONG read = 0;
  ThrowIfFailed(stream->Read(bytes.data(), static_cast<ULONG>(bytes.size()), &read),
                "IStream::Read");
  bytes.resize(read);
  return bytes;
}

}  // namespace

std::string MarshalReference(const std::wstring& clsid) {
  ComPtr<IMethodCall> object;
  ActivateServer(clsid, {}, IID_PPV_ARGS(&object));
  return MarshalObject(object);
}

std::string MarshalConnection(Connection& connection) {
  return MarshalObject(connection.NextUse().object);
}

std::shared_ptr<Connection> UnmarshalReference(const std::string& reference) {
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  const ComPtr<IStream> stream = NewStream();
  ThrowIfFailed(stream->Write(reference.data(), static_cast<ULONG>(reference.size()), nullptr),
                "IStream::Write");
  Rewind(stream.Get());
  ComPtr<IMethodCall> object;
  ThrowIfFailed(CoUnmarshalInterface(stream.Get(), IID_PPV_ARGS(&object)), "CoUnmarshalInterface");
  return std::make_shared<Connection>(std::move(object));
}

}  // namespace async_com
