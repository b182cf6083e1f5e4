' ExecMethod with parameters in and out, and the error numbers.
Option Explicit
Dim svc, thing, params, result
Set svc = GetObject("winmgmts:\\.\root\TomSample")
Set result = svc.ExecMethod("Sample_Thing", "Count")
WScript.Echo result.Things & " " & result.ReturnValue
Set thing = svc.Get("Sample_Thing.Id=""a.b,c:d=e f""")
Set params = thing.Methods_("Repeat").InParameters
params.Text = "ab"
params.Times = 3
Set result = thing.ExecMethod_("Repeat", params)
WScript.Echo result.Result & " " & result.ReturnValue
params.Times = 1000
Set result = svc.ExecMethod("Sample_Thing.Id=""plain""", "Repeat", params)
WScript.Echo result.ReturnValue

Sub Refuse(path, method)
    Dim number
    On Error Resume Next
    svc.ExecMethod path, method
    number = Err.Number
    Err.Clear
    WScript.Echo Hex(number)
End Sub

Refuse "Sample_Thing.Id=""plain""", "Repeat"
Refuse "Sample_Thing", "Repeat"
Refuse "Sample_Thing.Id=""none""", "Repeat"
Refuse "Sample_Thing", "Unknown"
Refuse "Sample_Thing.Id=""plain""", "Nothing"
WScript.Echo "end of methods"
