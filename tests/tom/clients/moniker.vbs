' The namespace by its moniker, one object by its path, and what cannot be had.
Option Explicit
Dim svc, thing
Set svc = GetObject("winmgmts:{impersonationLevel=impersonate}!\\.\root\TomSample")
WScript.Echo svc.InstancesOf("Sample_Thing").Count
Set thing = GetObject("winmgmts:\\.\root\TomSample:Sample_Thing.Id=""plain""")
WScript.Echo thing.Id & " " & thing.State & " " & thing.Small & " " & thing.Good
WScript.Echo "end of moniker"
