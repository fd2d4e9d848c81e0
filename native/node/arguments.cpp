#include "node/arguments.h"

#include <utility>

#include "com/hresult_names.h"
#include "com/win32_error.h"
#include "node/typed_value.h"
#include "node/value.h"
#include "value/conversion.h"
#include "value/foreign_copy.h"

namespace async_com {

namespace {

std::string PathOf(std::size_t argument) { return "arguments[" + std::to_string(argument) + "]"; }

std::string NameOf(VARTYPE type) {
  const std::string name = NameOfType(static_cast<VARTYPE>(type & ~VT_ARRAY));
  return (type & VT_ARRAY) != 0 ? "an array of " + name : name;
}

LCID LocaleOf(const ServerCall& call) noexcept { return call.Locale().value_or(LOCALE_INVARIANT); }

// A copy of the arguments, in the types that the member demands. Those that are left out are empty.
SafeArray TypedArguments(const ServerCall& call, const Member& member) {
  const LockedElements given(call.Arguments(), VT_VARIANT);
  const auto& parameters = *member.parameters;
  const std::size_t count = parameters.size() + (IsPut(call.GetAccess()) ? 1 : 0);
  if (given.Length() > count) {
    throw ComFailure(DISP_E_BADPARAMCOUNT, "IMethodCall::Call");
  }
  SafeArray typed = SafeArray::Create(VT_VARIANT, static_cast<ULONG>(count));
  const LockedElements elements(typed.Get(), VT_VARIANT);
  for (std::size_t index = 0; index < count; ++index) {
    const bool is_value = index == parameters.size();
    const VARTYPE type = is_value ? member.type : parameters[index].type;
    const bool optional = !is_value && parameters[index].optional;
    VARIANT& value = elements.As<VARIANT>()[index];
    if (index < given.Length()) {
      const HRESULT copied = CopyForeign(value, given.As<VARIANT>()[index]);
      if (FAILED(copied)) {
        throw WrongArgument{index, copied, PathOf(index) + " is not a value that can be received"};
      }
    }
    if (value.vt == VT_EMPTY) {
      if (!optional && type != VT_VARIANT) {
        throw ComFailure(DISP_E_PARAMNOTOPTIONAL, "IMethodCall::Call");
      }
      continue;
    }
    const HRESULT converted = ConvertVariant(value, type, LocaleOf(call));
    if (FAILED(converted)) {
      throw WrongArgument{index, converted,
                          PathOf(index) + " cannot be converted to " + NameOf(type)};
    }
  }
  return typed;
}

Napi::Array ToJs(Napi::Env env, SAFEARRAY* arguments, ExactNumbers exact) {
  const LockedElements elements(arguments, VT_VARIANT);
  auto values = Napi::Array::New(env, elements.Length());
  for (ULONG index = 0; index < elements.Length(); ++index) {
    const Napi::HandleScope scope(env);
    try {
      values.Set(index,
                 BorrowedVariantToJs(env, elements.As<VARIANT>()[index], PathOf(index), exact));
    } catch (const Napi::TypeError& error) {
      throw WrongArgument{index, DISP_E_TYPEMISMATCH, error.Message()};
    }
  }
  return values;
}

}  // namespace

Napi::Array ArgumentsOfCall(Napi::Env env, const ServerCall& call) {
  const Member* const member = call.GetMember();
  if (member == nullptr || !member->parameters) {
    return ToJs(env, call.Arguments(), ExactNumbers::kNo);
  }
  const SafeArray typed = TypedArguments(call, *member);
  return ToJs(env, typed.Get(), ExactNumbers::kYes);
}

Variant ResultOfCall(const Napi::Value& result, const ServerCall& call) {
  const Member* const member = call.GetMember();
  if (member == nullptr || IsPut(call.GetAccess()) || member->type == VT_EMPTY) {
    return Variant();
  }
  Variant value = VariantFromJs(result, "the result");
  if (member->type == VT_VARIANT) {
    return value;
  }
  VARIANT converted = value.Detach();
  const HRESULT hresult = converted.vt == VT_EMPTY
                              ? DISP_E_TYPEMISMATCH
                              : ConvertVariant(converted, member->type, LOCALE_INVARIANT);
  Variant owner;
  *owner.Put() = converted;
  if (FAILED(hresult)) {
    throw Napi::TypeError::New(result.Env(), "the result cannot be converted to " +
                                                 NameOf(member->type) + " (" +
                                                 HResultName(hresult) + ")");
  }
  return owner;
}

}  // namespace async_com
