#pragma once

#include <windows.h>

#include <objidl.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace soak {

// What a proxy sends or a stub answers: the part of an RPC packet that describes one call.
struct Packet {
  bool of_cancellation = false;  // of ICallCancellation, otherwise of IMethodCall
  ULONG procedure = 3;
  RPCOLEDATAREP representation = 0;
  std::vector<BYTE> bytes;
  const char* change = "none";  // what was done to it
};

// A valid packet.
struct Recorded {
  Packet packet;
  // The positions of those bytes that only describe values. A packet in which only they differ is
  // still well formed.
  std::vector<std::size_t> values;
  // The positions of the bytes that do not describe a SAFEARRAY or the length of a string.
  std::vector<std::size_t> outside_lengths;
};

// Finds `outside_lengths`.
void FindLengths(Recorded& recorded);

// Which procedure numbers may change. A server looks up the number that a client sends. An answer
// has none.
enum class Procedures { kSame, kAny };

// Returns packet `index` of `seed`. It follows from these numbers and from what was recorded.
Packet Mutate(const std::vector<Recorded>& recorded, Procedures procedures, std::uint64_t seed,
              std::uint64_t index);

// Returns everything about a packet, to be printed.
std::string WordsFromPacket(const Packet& packet);

}  // namespace soak
