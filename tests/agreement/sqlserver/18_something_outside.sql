EXEC master.dbo.xp_cmdshell 'dir';
