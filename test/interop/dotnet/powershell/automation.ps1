# Uses a class as PowerShell uses any COM object. Prints the lines that the test knows.
param([string] $ProgId)
$ErrorActionPreference = 'Stop'

function Say { "$args" }
function SayError([scriptblock] $Script) {
    try { & $Script; 'no error' }
    catch {
        $inner = $_.Exception.GetBaseException()
        Say error $inner.GetType().Name $inner.HResult.ToString('X8')
    }
}

$server = New-Object -ComObject $ProgId
Say methods $server.add(2, 3) $server.ADD(2) $server.repeat('ab', 3)
Say 'left out' $server.given(1, [Type]::Missing, 'x')
SayError { $server.repeat('ab', [Type]::Missing, '-') }
$server.label = 'covers'
$server.label += '!'
Say properties $server.label $server.count
$server.price = 12.5d
$server.exact = 79228162514264337593543950335d
$server.day = [datetime] '2024-02-29T12:34:56'
$server.open = $true
Say values $server.price $server.exact $server.day.ToString('s') $server.open
$table = $server.transpose([double[,]]::new(2, 3))
Say table $table.GetLength(0) $table.GetLength(1)
Say arrays ($server.squares(@(1, 2, 3)) -join ',') ($server.upper(@('a', 'bc')) -join ',')
$number = [ref] 21
$server.twice($number)
Say reference $number.Value
$item = $server.item(1)
$item.name = 'zwei'
Say objects $item.name $server.item(1).greet('all') $server.nameOf($item)
$server.best = $item
Say best $server.best.name
Say default $server.Item(2).name
foreach ($one in $server) { Say item $one.name }
foreach ($name in $server.names()) { Say name $name }
$settings = $server.settings()
Say settings $settings.Item('name') $settings.Item('size') $settings.Count()
Say inner $settings.Item('inner').Item('deep')
foreach ($key in $settings) { Say key $key }
# The object has no type information, by which PowerShell finds properties.
Say nothing $settings.name
Say back $server.nameIn($settings)
try { $server.fail() } catch {
    $raised = $_.Exception.GetBaseException()
    Say raised $raised.HResult.ToString('X8') $raised.Source $raised.Message
}
SayError { $server.add('x') }
SayError { $server.add() }
SayError { $server.missing() }
SayError { $server.count = 1 }
# The pipeline would list the members of what the collection has.
foreach ($member in Get-Member -InputObject $server) {
    Say member $member.Name $member.MemberType $member.Definition.Trim()
}
foreach ($member in $item | Get-Member -MemberType Property) {
    Say 'of item' $member.Definition.Trim()
}
Say type $server.PSObject.TypeNames[0]
$sum = 0
$server.names() | ForEach-Object { $sum += $_.Length }
Say piped $sum
