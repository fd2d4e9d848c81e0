#include "mutation.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace soak {

namespace {

// splitmix64: https://prng.di.unimi.it/splitmix64.c
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
  }

  std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(Next() % bound); }

  BYTE Byte() { return static_cast<BYTE>(Next()); }

 private:
  std::uint64_t state_;
};

// Numbers at which code goes wrong: bounds, counts, and types of a VARIANT.
std::uint32_t InterestingNumber(Random& random) {
  constexpr std::uint32_t kNumbers[] = {
      0,          1,          2,          3,          4,          7,          8,      16,
      24,         64,         0xFF,       0x100,      0x7FFF,     0x8000,     0xFFFF, 0x10000,
      0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 0x7FF00000, 0x80020004,
  };
  constexpr std::uint32_t kTypeFlags[] = {0, 0, VT_ARRAY, VT_BYREF, VT_ARRAY | VT_BYREF};
  if (random.Below(2) == 0) {
    return kNumbers[random.Below(std::size(kNumbers))];
  }
  return static_cast<std::uint32_t>(random.Below(VT_CLSID + 2)) |
         kTypeFlags[random.Below(std::size(kTypeFlags))];
}

void ChangeByte(BYTE& byte, Random& random) {
  if (random.Below(2) == 0) {
    byte ^= static_cast<BYTE>(1u << random.Below(8));
  } else {
    byte = random.Byte();
  }
}

// Writes a number of 2, 4 or 8 bytes, as far as the bytes go.
void WriteNumber(std::vector<BYTE>& bytes, std::size_t at, Random& random) {
  const std::uint64_t low = InterestingNumber(random);
  const std::uint64_t number = random.Below(4) == 0 ? low << 32 | low : low;
  const std::size_t size = std::size_t{2} << random.Below(3);
  std::memcpy(bytes.data() + at, &number, std::min(size, bytes.size() - at));
}

// Changes what the packet says, and not how it is made up.
void ChangeValues(const Recorded& original, Packet& packet, Random& random) {
  if (original.values.empty()) {
    return;
  }
  for (std::size_t changes = 1 + random.Below(8); changes > 0; --changes) {
    const std::size_t first = random.Below(original.values.size());
    const std::size_t length = random.Below(4) == 0 ? 8 : 1;
    const std::uint64_t number = InterestingNumber(random);
    for (std::size_t index = 0; index < length && first + index < original.values.size(); ++index) {
      BYTE& byte = packet.bytes[original.values[first + index]];
      if (length == 1) {
        ChangeByte(byte, random);
      } else {
        byte = static_cast<BYTE>(number >> 8 * index);
      }
    }
  }
}

void ChangeBytes(Packet& packet, const std::vector<std::size_t>& where, Random& random) {
  if (where.empty()) {
    return;
  }
  if (random.Below(3) == 0) {
    WriteNumber(packet.bytes, where[random.Below(where.size())], random);
    return;
  }
  for (std::size_t changes = 1 + random.Below(4); changes > 0; --changes) {
    ChangeByte(packet.bytes[where[random.Below(where.size())]], random);
  }
}

void Insert(Packet& packet, std::size_t at, std::size_t length, Random& random) {
  std::vector<BYTE> more(length);
  std::generate(more.begin(), more.end(), [&random] { return random.Byte(); });
  packet.bytes.insert(packet.bytes.begin() + static_cast<std::ptrdiff_t>(at), more.begin(),
                      more.end());
}

void Splice(Packet& packet, const Packet& other, Random& random) {
  const std::size_t head = random.Below(packet.bytes.size()) & ~std::size_t{3};
  const std::size_t tail = random.Below(other.bytes.size()) & ~std::size_t{3};
  packet.bytes.resize(head);
  packet.bytes.insert(packet.bytes.end(), other.bytes.begin() + static_cast<std::ptrdiff_t>(tail),
                      other.bytes.end());
}

// Changes that may leave nothing of the packet's form.
void ChangeForm(const std::vector<Recorded>& recorded, Packet& packet, Procedures procedures,
                Random& random) {
  const std::size_t size = packet.bytes.size();
  switch (random.Below(procedures == Procedures::kAny ? 6 : 5)) {
    case 0:
      packet.change = "form-byte";
      ChangeByte(packet.bytes[random.Below(size)], random);
      break;
    case 1:
      packet.change = "form-number";
      WriteNumber(packet.bytes, random.Below(size) & ~std::size_t{3}, random);
      break;
    case 2:
      packet.change = "form-shortened";
      packet.bytes.resize(random.Below(size));
      break;
    case 3:
      packet.change = "form-lengthened";
      Insert(packet, random.Below(size) & ~std::size_t{3}, 4 * (1 + random.Below(32)), random);
      break;
    case 4:
      packet.change = "form-spliced";
      Splice(packet, recorded[random.Below(recorded.size())].packet, random);
      break;
    default:
      packet.change = "form-procedure";
      // The numbers below 3 are those of IUnknown. With them Wine calls Release of the object.
      packet.procedure = static_cast<ULONG>(
          random.Below(4) == 0 ? random.Below(16) : 3 + random.Below(std::size_t{1} << 16));
  }
}

}  // namespace

void FindLengths(Recorded& recorded) {
  const std::vector<BYTE>& bytes = recorded.packet.bytes;
  const auto word = [&bytes](std::size_t at) {
    std::uint32_t value = 0;
    if (at + sizeof value <= bytes.size()) {
      std::memcpy(&value, bytes.data() + at, sizeof value);
    }
    return value;
  };
  std::vector<bool> inside(bytes.size());
  for (std::size_t at = 0; at + 44 <= bytes.size(); at += 4) {
    // A reference, the number of dimensions twice, their bounds, the number of cells twice.
    const std::uint32_t dimensions = word(at + 4);
    if (word(at) == 1 && (dimensions == 1 || dimensions == 2) &&
        (word(at + 8) & 0xFFFF) == dimensions && word(at + 24) == word(at + 32 + 8 * dimensions)) {
      const std::size_t end = std::min(bytes.size(), at + 36 + 8 * dimensions);
      std::fill(inside.begin() + static_cast<std::ptrdiff_t>(at),
                inside.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
  }
  for (std::size_t at = 0; at + 12 <= bytes.size(); at += 4) {
    // The length in characters, in bytes, and in characters.
    const std::uint32_t length = word(at);
    if (length > 0 && length < 0x100 && word(at + 4) == 2 * length && word(at + 8) == length) {
      std::fill_n(inside.begin() + static_cast<std::ptrdiff_t>(at), 12, true);
    }
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (!inside[at]) {
      recorded.outside_lengths.push_back(at);
    }
  }
}

Packet Mutate(const std::vector<Recorded>& recorded, Procedures procedures, std::uint64_t seed,
              std::uint64_t index) {
  Random random(Random(seed).Next() ^ Random(~index).Next());
  const Recorded& original = recorded[random.Below(recorded.size())];
  Packet packet = original.packet;
  // Per ten thousand. Most packets stay well formed and so reach the code behind COM. A changed
  // length can kill the host, or make it allocate gigabytes. A larger share of these would leave no
  // batch whole.
  const std::size_t kind = random.Below(10000);
  if (kind < 8600) {
    packet.change = "values";
    ChangeValues(original, packet, random);
  } else if (kind < 9200) {
    packet.change = "bytes";
    ChangeBytes(packet, original.outside_lengths, random);
  } else if (kind < 9500) {
    packet.change = "shortened";
    packet.bytes.resize(packet.bytes.size() - 1 -
                        random.Below(std::min(packet.bytes.size(), std::size_t{16})));
  } else if (kind < 9800) {
    packet.change = "lengthened";
    Insert(packet, packet.bytes.size(), 1 + random.Below(128), random);
  } else if (kind < 9980) {
    packet.change = "representation";
    packet.representation = static_cast<RPCOLEDATAREP>(random.Next());
  } else {
    ChangeForm(recorded, packet, procedures, random);
  }
  return packet;
}

std::string WordsFromPacket(const Packet& packet) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string words = packet.change;
  words += packet.of_cancellation ? " ICallCancellation" : " IMethodCall";
  words += " procedure " + std::to_string(packet.procedure) + " representation " +
           std::to_string(packet.representation) + " bytes ";
  for (const BYTE byte : packet.bytes) {
    words += kDigits[byte >> 4];
    words += kDigits[byte & 15];
  }
  return words;
}

}  // namespace soak
