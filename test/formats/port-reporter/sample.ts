/** The sample that was printed in 2005, line for line. */
export const SAMPLE = `Port Reporter Version 1.01 Log File - Port usage log

Check PR-PIDS-05-07-6-13-44-4.log for corresponding process data

Log format:
date,time,protocol,local port,local IP address,remote port,remote IP address,PID,module,user context

05/7/6,13:52:1,TCP,3389,0.0.0.0,,0.0.0.0,1096,svchost.exe,<NT AUTHORITY\\SYSTEM>
05/7/6,13:52:2,TCP,3389,172.16.16.150,1486,172.16.16.100,1096,svchost.exe,<NT AUTHORITY\\SYSTEM>
05/7/6,13:52:4,UDP,1088,0.0.0.0,*,*,1540,rdpclip.exe,<TEST\\Administrator>
`;
