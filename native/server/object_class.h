#pragma once

#include <windows.h>

#include <oaidl.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "automation/type_library.h"
#include "com/lock.h"

namespace async_com {

// What a client does with a member. kCreate is for the object as a whole: a client creates it.
enum class Access { kCall, kGet, kPut, kPutReference, kCreate };

inline bool IsPut(Access access) noexcept {
  return access == Access::kPut || access == Access::kPutReference;
}

struct Parameter {
  std::wstring name;
  VARTYPE type = VT_VARIANT;
  bool optional = false;
};

// What a client can call, read or write.
struct Member {
  std::wstring name;
  DISPID id = DISPID_UNKNOWN;
  bool is_method = false;
  bool is_readable = false;  // a property
  bool is_writable = false;  // a property
  // Empty if the member takes any number of VARIANTs.
  std::optional<std::vector<Parameter>> parameters;
  VARTYPE type = VT_VARIANT;  // of the result, or of the property

  bool Allows(Access access) const noexcept;
};

// The members of a kind of objects, and the interface by which early-bound clients know them. Never
// changes, so any thread may use it.
class ObjectClass {
 public:
  // `library` describes the class for clients that ask, by the name `library_class`. It may be
  // null.
  ObjectClass(const IID& iid, std::vector<Member> members,
              std::unique_ptr<const LibraryContents> library = nullptr,
              std::wstring library_class = {});
  ObjectClass(const ObjectClass&) = delete;
  ObjectClass& operator=(const ObjectClass&) = delete;

  // A class with untyped methods: the first has DISPID 1, the second DISPID 2.
  static std::shared_ptr<const ObjectClass> OfMethods(const std::vector<std::wstring>& names);

  // The dispinterface. IID_NULL if there is none.
  const IID& Iid() const noexcept { return iid_; }

  // Whether clients can ask what the class has.
  bool HasTypeInfo() const noexcept { return library_ != nullptr; }
  // The calling thread must be in an apartment. Throws WindowsFailure.
  ClassTypeInfo TypeInfo() const;

  // Upper and lower case are the same, as IDispatch demands. If two names differ only in that, the
  // one that is spelled as `name` is preferred. Returns null if there is none.
  const Member* Find(std::wstring_view name) const noexcept;
  const Member* FindExact(std::wstring_view name) const noexcept;
  const Member* WithId(DISPID id) const noexcept;

  // What a client of IMethodCall names: a method, or a property as "get_name" and "put_name".
  // Returns null if there is none.
  const Member* FindCalled(std::wstring_view name, Access& access) const noexcept;

 private:
  const IID iid_;
  const std::vector<Member> members_;
  // These refer to the names in members_.
  std::unordered_map<std::wstring_view, const Member*> by_name_;
  std::unordered_map<DISPID, const Member*> by_id_;
  const std::unique_ptr<const LibraryContents> library_;
  const std::wstring library_class_;
  mutable Lock mutex_;
  mutable std::optional<ClassTypeInfo> type_info_;  // made when a client first asks
};

}  // namespace async_com
