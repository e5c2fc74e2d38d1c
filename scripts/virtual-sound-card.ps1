# A sound card for a Windows without one, such as GitHub's: MicroSIP does not call without. Needs an administrator.
#   pwsh scripts/virtual-sound-card.ps1 <folder for the download>
param([Parameter(Mandatory)] [string] $Folder)
$ErrorActionPreference = 'Stop'

New-Item -ItemType Directory -Force $Folder | Out-Null
$archive = Join-Path $Folder 'scream.zip'
node scripts/fetch-checked.mjs 'Scream 4.0' $archive
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
Expand-Archive $archive $Folder -Force

# Its driver is installed without a question when who has signed it is trusted.
$driver = Get-ChildItem $Folder -Recurse -Filter Scream.sys | Where-Object FullName -Match 'x64' | Select-Object -First 1
$store = [System.Security.Cryptography.X509Certificates.X509Store]::new('TrustedPublisher', 'LocalMachine')
$store.Open('ReadWrite')
$store.Add((Get-AuthenticodeSignature $driver.FullName).SignerCertificate)
$store.Close()
$devcon = Get-ChildItem $Folder -Recurse -Filter devcon-x64.exe | Select-Object -First 1
& $devcon.FullName install (Join-Path $driver.DirectoryName 'Scream.inf') '*Scream'
Start-Service Audiosrv

# Without these, Windows asks somebody, and so does MicroSIP.
$consents = 'HKCU:\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore'
foreach ($device in 'microphone', 'microphone\NonPackaged', 'webcam', 'webcam\NonPackaged') {
  if (-not (Test-Path "$consents\$device")) { New-Item -Path "$consents\$device" -Force | Out-Null }
  Set-ItemProperty -Path "$consents\$device" -Name Value -Value Allow
}
Get-CimInstance Win32_SoundDevice | Format-Table Name, Status
