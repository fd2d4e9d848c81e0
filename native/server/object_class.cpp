#include "server/object_class.h"

#include <mutex>
#include <utility>

#include "com/same_name.h"

namespace async_com {

bool Member::Allows(Access access) const noexcept {
  switch (access) {
    case Access::kCall:
      return is_method;
    case Access::kGet:
      return is_readable;
    case Access::kPut:
    case Access::kPutReference:
      return is_writable;
    case Access::kCreate:
      break;
  }
  return false;
}

ObjectClass::ObjectClass(const IID& iid, std::vector<Member> members,
                         std::unique_ptr<const LibraryContents> library, std::wstring library_class)
    : iid_(iid),
      members_(std::move(members)),
      library_(std::move(library)),
      library_class_(std::move(library_class)) {
  for (const Member& member : members_) {
    by_name_.emplace(member.name, &member);
    by_id_.emplace(member.id, &member);
  }
}

std::shared_ptr<const ObjectClass> ObjectClass::OfMethods(const std::vector<std::wstring>& names) {
  std::vector<Member> members;
  DISPID id = 0;
  for (const std::wstring& name : names) {
    Member member;
    member.name = name;
    member.id = ++id;
    member.is_method = true;
    members.push_back(std::move(member));
  }
  return std::make_shared<const ObjectClass>(IID_NULL, std::move(members));
}

ClassTypeInfo ObjectClass::TypeInfo() const {
  {
    const std::lock_guard lock(mutex_);
    if (type_info_) {
      return *type_info_;
    }
  }
  // Made without the lock. If two threads do it, one of the two is kept.
  ClassTypeInfo made = TypeInfoOf(*library_, library_class_);
  const std::lock_guard lock(mutex_);
  if (!type_info_) {
    type_info_ = std::move(made);
  }
  return *type_info_;
}

const Member* ObjectClass::Find(std::wstring_view name) const noexcept {
  if (const Member* const exact = FindExact(name)) {
    return exact;
  }
  for (const Member& member : members_) {
    if (IsSameName(member.name, name)) {
      return &member;
    }
  }
  return nullptr;
}

const Member* ObjectClass::FindExact(std::wstring_view name) const noexcept {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

const Member* ObjectClass::WithId(DISPID id) const noexcept {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const Member* ObjectClass::FindCalled(std::wstring_view name, Access& access) const noexcept {
  access = Access::kCall;
  const Member* found = FindExact(name);
  if (found != nullptr && found->is_method) {
    return found;
  }
  constexpr std::size_t kPrefix = 4;
  if (name.starts_with(L"get_")) {
    access = Access::kGet;
  } else if (name.starts_with(L"put_")) {
    access = Access::kPut;
  } else {
    return nullptr;
  }
  found = FindExact(name.substr(kPrefix));
  return found != nullptr && found->Allows(access) ? found : nullptr;
}

}  // namespace async_com
