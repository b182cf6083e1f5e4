' One status by its path: every kind of value, and what is not known.
Option Explicit
Dim status, name
Set status = GetObject("winmgmts:\\.\root\PatchPrereq:PatchPrereq_PatchStatus.Id=""Q269862""")
For Each name In Array("Id", "PatchId", "Target", "Product", "Released", "Required", "State", _
                       "StateName", "ReasonCode", "Expected", "Found", "Evidence", "RecordedBy", _
                       "InstalledOn", "SupersededBy", "OpenSince", "AgeDays", "Waived", "WaiverId")
    If IsNull(status.Properties_(name).Value) Then
        WScript.Echo name & " (null)"
    Else
        WScript.Echo name & " " & TypeName(status.Properties_(name).Value) & " " & _
                     status.Properties_(name).Value
    End If
Next
WScript.Echo "end of status"
