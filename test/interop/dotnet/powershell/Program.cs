// Runs a PowerShell script, as `pwsh -File SCRIPT ARGUMENTS` does: pwsh.exe does not start under
// Wine. Errors go to standard output, too.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

// CreateDefault2 has no New-Object.
var state = InitialSessionState.CreateDefault();
state.ExecutionPolicy = ExecutionPolicy.Bypass;
using var runspace = RunspaceFactory.CreateRunspace(state);
runspace.ApartmentState = ApartmentState.STA;
runspace.Open();
using var shell = PowerShell.Create(runspace);
shell.AddCommand(Path.GetFullPath(args[0]));
foreach (var argument in args.Skip(1)) shell.AddArgument(argument);

using var output = new PSDataCollection<PSObject>();
output.DataAdded += (_, added) => Console.WriteLine(output[added.Index]);
try
{
    shell.Invoke(null, output);
    foreach (var error in shell.Streams.Error) Console.WriteLine($"error: {error}");
    return shell.HadErrors ? 1 : 0;
}
catch (RuntimeException error)
{
    Console.WriteLine($"error: {error.Message}");
    return 1;
}
