# Runs the sample with a server, and then makes further calls. Prints a line of JSON for each call.
param([string] $Sample, [string] $ProgId)

$ErrorActionPreference = 'Stop'

$values = . $Sample $ProgId
ConvertTo-Json -Compress @{ sample = $values }

function Send([string] $Method) {
    $answer = @{ method = $Method; arguments = $args }
    try {
        $value = [AsyncCom]::Call($server, $Method, $args)
        $answer.value = @(, $value)
        $answer.type = if ($null -eq $value) { 'null' } else { $value.GetType().Name }
    }
    catch {
        # PowerShell wraps what a method throws.
        $inner = $_.Exception.GetBaseException()
        $answer.hresult = [BitConverter]::ToUInt32([BitConverter]::GetBytes($inner.HResult), 0)
        $answer.source = $inner.Source
        $answer.message = $inner.Message
    }
    ConvertTo-Json -Compress -Depth 5 -EscapeHandling EscapeNonAscii $answer
}

Send echoOne 'héé ☃'
Send echoOne 42
Send echoOne 0.5
Send echoOne $true
Send echoOne $null
Send echoOne ([DBNull]::Value)
Send echoOne ([long] 9007199254740991)
Send echoOne ([byte[]] (0, 255))
Send echoOne @(1, 'two', @($false))
Send echoOne ([datetime] '2024-02-29T12:34:56.789')
Send fail ([int] -2147024894) 'sorry'
Send nope
Send pid
