#pragma once

#include <windows.h>

#include <oaidl.h>

#include "com/com_ptr.h"
#include "value/variant.h"

namespace async_com {

// Objects and Maps of JavaScript travel as arrays (value/dictionary_array.h). Clients of automation
// get them as objects instead.

// Makes an object of an array that DictionaryKindOf knows. Its members:
//
// - Each key that is a string is a property. Upper and lower case are the same, but the key that is
//   spelled as the client does is preferred. DISPIDs count the entries from 1.
// - Item(key), the default member, is the value of a key, or VT_EMPTY if there is none. Strings
// must
//   be equal here, and numbers may be of different types.
// - Count, Keys (an array), Exists(key), and an enumerator of the keys. Their names go before keys
//   of the same name, which Item reaches.
//
// Nothing of it can be changed. Objects and Maps in it are such objects, too. Throws ComFailure if
// the array is none.
ComPtr<IDispatch> MakeDictionary(SafeArray encoded);

// Replaces every such array in a value by an object, also in arrays.
void DictionariesToObjects(VARIANT& value);

// Replaces every such object that was made in this process by the array that it stands for, also in
// arrays. Asks no object of another process.
void ObjectsToDictionaries(VARIANT& value);

}  // namespace async_com
