using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AsyncCom.Interop;

/// <summary>Arrays of VARIANT, which ComVariant does not know.</summary>
static unsafe class Variants
{
    const VarEnum ArrayOfBytes = VarEnum.VT_ARRAY | VarEnum.VT_UI1;
    const VarEnum ArrayOfVariants = VarEnum.VT_ARRAY | VarEnum.VT_VARIANT;

    /// <returns>A SAFEARRAY, which the caller destroys.</returns>
    public static nint ArrayOf(object?[] values)
    {
        var array = Vector(VarEnum.VT_VARIANT, values.Length, out var data);
        var elements = new Span<ComVariant>(data, values.Length);
        for (var index = 0; index < values.Length; ++index) elements[index] = Of(values[index]);
        Ole.SafeArrayUnaccessData(array);
        return array;
    }

    public static object? Read(in ComVariant variant) => variant.VarType switch
    {
        VarEnum.VT_EMPTY => null,
        VarEnum.VT_NULL => DBNull.Value,
        VarEnum.VT_BOOL => variant.As<bool>(),
        VarEnum.VT_I4 => variant.As<int>(),
        VarEnum.VT_I8 => variant.As<long>(),
        VarEnum.VT_UI8 => variant.As<ulong>(),
        VarEnum.VT_R8 => variant.As<double>(),
        VarEnum.VT_DATE => variant.As<DateTime>(),
        VarEnum.VT_BSTR => variant.As<string>() ?? "",
        ArrayOfBytes => Elements<byte>(in variant).ToArray(),
        ArrayOfVariants => ReadEach(Elements<ComVariant>(in variant)),
        var other => throw new NotSupportedException($"a VARIANT of type {other}"),
    };

    static ComVariant Of(object? value) => value switch
    {
        null => default,
        DBNull => ComVariant.Null,
        object?[] values => ComVariant.CreateRaw(ArrayOfVariants, ArrayOf(values)),
        byte[] bytes => ComVariant.CreateRaw(ArrayOfBytes, ArrayOf(bytes)),
        bool flag => ComVariant.Create(flag),
        int number => ComVariant.Create(number),
        long number => ComVariant.Create(number),
        ulong number => ComVariant.Create(number),
        double number => ComVariant.Create(number),
        DateTime date => ComVariant.Create(date),
        string text => ComVariant.Create(text),
        _ => throw new NotSupportedException($"a {value.GetType()}"),
    };

    static nint ArrayOf(byte[] bytes)
    {
        var array = Vector(VarEnum.VT_UI1, bytes.Length, out var data);
        bytes.CopyTo(new Span<byte>(data, bytes.Length));
        Ole.SafeArrayUnaccessData(array);
        return array;
    }

    static nint Vector(VarEnum type, int count, out void* data)
    {
        var array = Ole.SafeArrayCreateVector((ushort)type, 0, (uint)count);
        if (array == 0) throw new OutOfMemoryException();
        Failure.Check(Ole.SafeArrayAccessData(array, out data), "SafeArrayAccessData");
        return array;
    }

    static object?[] ReadEach(ReadOnlySpan<ComVariant> elements)
    {
        var values = new object?[elements.Length];
        for (var index = 0; index < values.Length; ++index)
            values[index] = Read(in elements[index]);
        return values;
    }

    /// <summary>The elements, as long as the array lives and nobody changes it.</summary>
    static ReadOnlySpan<T> Elements<T>(in ComVariant variant) where T : unmanaged
    {
        var array = variant.GetRawDataRef<nint>();
        if (Ole.SafeArrayGetDim(array) != 1)
            throw new NotSupportedException("an array of more than one dimension");
        Failure.Check(Ole.SafeArrayGetLBound(array, 1, out var lower), "SafeArrayGetLBound");
        Failure.Check(Ole.SafeArrayGetUBound(array, 1, out var upper), "SafeArrayGetUBound");
        Failure.Check(Ole.SafeArrayAccessData(array, out var data), "SafeArrayAccessData");
        Ole.SafeArrayUnaccessData(array);
        return new ReadOnlySpan<T>(data, upper - lower + 1);
    }
}
