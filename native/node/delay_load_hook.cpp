// The addon imports Node-API from "node.exe". This hook binds those imports to the program that the
// process runs, whatever its name is, so that a renamed host works. It is for mingw-w64 only:
// cmake-js and node-gyp have a hook of their own for MSVC.

#include <windows.h>

#include <delayimp.h>

namespace {

// GNU ld 2.44 puts the addresses of the imported functions into a section that is read-only, and
// mingw-w64's helper writes each address there at the function's first call.
void MakeWritable(FARPROC* address) {
  DWORD before = 0;
  VirtualProtect(address, sizeof *address, PAGE_READWRITE, &before);
}

FARPROC WINAPI UseHostProgram(unsigned event, PDelayLoadInfo import) {
  if (event == dliNotePreGetProcAddress) MakeWritable(import->ppfn);
  const bool is_host = event == dliNotePreLoadLibrary && lstrcmpiA(import->szDll, "node.exe") == 0;
  return is_host ? reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr)) : nullptr;
}

}  // namespace

extern "C" {
PfnDliHook __pfnDliNotifyHook2 = UseHostProgram;
}
