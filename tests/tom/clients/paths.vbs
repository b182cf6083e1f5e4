' Get by path: keys as odd as they come, and the error numbers.
Option Explicit
Dim svc
Set svc = GetObject("winmgmts:\\.\root\TomSample")

Sub Fetch(path)
    Dim thing, number
    On Error Resume Next
    Set thing = svc.Get(path)
    number = Err.Number
    Err.Clear
    If number = 0 Then
        WScript.Echo thing.State
    Else
        WScript.Echo Hex(number)
    End If
End Sub

Fetch "Sample_Thing.Id=""quo\""te"""
Fetch "Sample_Thing.Id=""back\\slash"""
Fetch "Sample_Thing.Id=""apo'strophe"""
Fetch "Sample_Thing.Id='apo\'strophe'"
Fetch "Sample_Thing.Id=""a.b,c:d=e f"""
Dim row
For Each row In svc.ExecQuery("SELECT * FROM Sample_Thing WHERE State = 5") ' letters beyond ASCII
    Fetch "Sample_Thing.Id=""" & row.Id & """"
Next
Fetch "sample_thing.ID=""PLAIN"""
Fetch "Sample_Thing=""plain"""
Fetch "\\.\root\TomSample:Sample_Thing.Id=""plain"""
Fetch "Sample_Thing.Id=""none"""
Fetch "Sample_Thing.Key=""plain"""
Fetch "Sample_Thing.Id=""plain"
Fetch "Sample_Other.Id=""plain"""
WScript.Echo "end of paths"
