// Asserts the places of the methods in the interfaces' tables, as windows_facts.cpp asserts the
// rest of the list. The headers declare the tables for C only.
#include <windows.h>

#include <assert.h>
#include <objbase.h>
#include <objidl.h>
#include <oleauto.h>
#include <stddef.h>

#include "idl/generated/method_call.h"

#define CONSTANT(name, value)
#define INTERFACE(name, ...)
#define METHOD(name, method, place)                                      \
  static_assert(offsetof(name##Vtbl, method) == (place) * sizeof(void*), \
                "the place of " #name "::" #method);

#include "generated/windows_facts.h"
