# Compiles an interface and its client, and plays a scene of the client. Prints the lines that it
# gives.
param([string] $Interface, [string] $Client, [string] $Scene)
$ErrorActionPreference = 'Stop'

# The compiler calls much of what COM needs obsolete.
Add-Type -IgnoreWarnings -Path $Interface, $Client
[EarlyBound]::$Scene.Invoke()
