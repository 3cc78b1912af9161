#include <doctest/doctest.h>

#include "db/attributes.hpp"
#include "db/driver.hpp"
#include "drivers/mariadb/parts.hpp"
#include "drivers/oracle/parts.hpp"
#include "drivers/postgresql/parts.hpp"
#include "drivers/sqlite/parts.hpp"
#include "drivers/sqlserver/parts.hpp"

namespace roost {
namespace {

Target of_url(std::string url) { return {.url = Secret(std::move(url))}; }
Target of_odbc(std::string odbc) { return {.odbc = Secret(std::move(odbc))}; }

// A URL, and below it what the engine's driver is told; or why it is told nothing.
constexpr std::string_view carried_over = R"URLS(
# PostgreSQL
jdbc:postgresql://db.example:5433/pay?user=me
    Driver={PostgreSQL Unicode};Server=db.example;Port=5433;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay' user='me'}
jdbc:postgresql://db.example/pay
    Driver={PostgreSQL Unicode};Server=db.example;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay'}
jdbc:postgresql://db.example/
    Driver={PostgreSQL Unicode};Server=db.example;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={}
jdbc:postgresql:pay
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay'}
jdbc:postgresql:
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={}
jdbc:postgresql:///pay
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay'}
jdbc:postgresql://[::1]:6000/pay
    Driver={PostgreSQL Unicode};Server=::1;Port=6000;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay'}
jdbc:postgresql:a%20b%7D?user=o%27neil%5C
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='a b}}' user='o\'neil\\'}
jdbc:postgresql:pay?password=%24a%3Bb%7D+c
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;Pwd={$a;b}} c};pqopt={dbname='pay'}
jdbc:postgresql:pay?ApplicationName=x&connectTimeout=3
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay' connect_timeout='3' application_name='x'}
jdbc:postgresql:pay?currentSchema=%22My+Schema%22,public
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay' options='-c search_path="My\\ Schema",public'}
jdbc:postgresql:pay?currentSchema=app&options=-c%20statement_timeout=5min
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay' options='-c statement_timeout=5min -c search_path=app'}
jdbc:postgresql:pay?reWriteBatchedInserts=true&prepareThreshold=0&stringtype=unspecified
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay'}
jdbc:postgresql:pay?ssl=false
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='pay'}
jdbc:postgresql:pay?ssl=true
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=verify-full;pqopt={dbname='pay'}
jdbc:postgresql:pay?ssl
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=verify-full;pqopt={dbname='pay'}
jdbc:postgresql:pay?sslmode=disable
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=disable;pqopt={dbname='pay'}
jdbc:postgresql:pay?sslmode=verify-ca
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=verify-ca;pqopt={dbname='pay'}
jdbc:postgresql:pay?ssl=true&sslmode=require
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=require;pqopt={dbname='pay'}
jdbc:postgresql:pay?sslmode=verify-full&sslrootcert=/a%20b/ca.crt&sslcert=c.crt&sslkey=c.key&channelBinding=require
    Driver={PostgreSQL Unicode};Server=localhost;Port=5432;Protocol=7.4-0;sslmode=verify-full;pqopt={dbname='pay' sslrootcert='/a b/ca.crt' sslcert='c.crt' sslkey='c.key' channel_binding='require'}
jdbc:postgresql://a:1,b:2/pay
    refused: the URL names several hosts; name one: the lock and the ledger must be found on the same server
jdbc:postgresql://me:hush@db.example/pay
    refused: the URL holds an @ before its host; give the account as user= and password=
jdbc:postgresql://db.example:x/pay
    refused: the URL's port is no number from 1 to 65535; write host:port, and an IPv6 address as [::1]:port
jdbc:postgresql://db.example:/pay
    refused: the URL's port is no number from 1 to 65535; write host:port, and an IPv6 address as [::1]:port
jdbc:postgresql://[::1/pay
    refused: the URL's IPv6 address has no closing bracket
jdbc:postgresql://db;x/pay
    refused: the URL's host holds a character that no host name has
jdbc:postgresql:pay?ssl=true&sslmode=prefer
    refused: ssl=true and sslmode=prefer contradict each other; take one of them out
jdbc:postgresql:pay?sslmode=maybe
    refused: sslmode has no such value; known are disable, allow, prefer, require, verify-ca, verify-full
jdbc:postgresql:pay?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory
    refused: sslfactory is not taken; it names a class of Java's: give sslmode, and sslrootcert, a PEM file
jdbc:postgresql:pay?sslmode=require&sslpassword=hush
    refused: sslpassword is not taken; give sslkey, a file without a password
jdbc:postgresql:pay?targetServerType=primary
    refused: targetServerType is not taken; the URL names one host, so there is nothing to choose
jdbc:postgresql:pay?loginTimeout=3
    refused: loginTimeout is not taken; give connectTimeout, in seconds
jdbc:postgresql:pay?socketTimeout=30
    refused: socketTimeout is not taken; after a time-out of the client's the statement may still commit
jdbc:postgresql:pay?connectTimeout=soon
    refused: connectTimeout is no whole number; give it in seconds
jdbc:postgresql:pay?gsslib=sspi
    refused: gsslib is not taken; log in with a password or a certificate, or give odbc
jdbc:postgresql:pay?frob=1
    refused: frob is no parameter that roost knows how to keep; known are user, password, ssl, sslmode, sslrootcert, sslcert, sslkey, currentSchema, connectTimeout, ApplicationName, channelBinding, options
jdbc:postgresql:pay?user=a&user=b
    refused: the URL gives user twice
jdbc:postgresql:pay%2
    refused: a % in the URL is not followed by two hexadecimal digits; write %25 for the character itself
jdbc:postgresql:pay%ff
    refused: the URL holds what is no UTF-8 text, or a NUL
# MariaDB, and what is written for MySQL
jdbc:mariadb://db.example:3307/pay?user=me&password=a%3Bb%7D%24
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3307;Uid={me};Pwd={a;b}}$};FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb:///pay
    Driver={MariaDB Unicode};Database={pay};Server=localhost;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://[::1]:3307/pay
    Driver={MariaDB Unicode};Database={pay};Server=::1;Port=3307;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://localhost/pay?localSocket=/run/mysqld/mysqld.sock
    Driver={MariaDB Unicode};Database={pay};Socket={/run/mysqld/mysqld.sock};FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?connectTimeout=1500&socketTimeout=30000&sessionVariables=sql_mode%3D%27ANSI%27
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;CONN_TIMEOUT=2;READ_TIMEOUT=30;WRITE_TIMEOUT=30;OPTION=67108864;CHARSET=utf8mb4; and SET SESSION sql_mode='ANSI'
jdbc:mysql://db.example/pay?useUnicode=true&characterEncoding=utf8&serverTimezone=UTC&allowPublicKeyRetrieval=true
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?sslMode=disable
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?sslMode=trust
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?sslMode=verify-ca&serverSslCert=/etc/ca.pem
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;SSLVERIFY=1;SSLCA={/etc/ca.pem};OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?sslMode=verify-full&serverSslCert=/etc/ca.pem
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;SSLVERIFY=1;SSLCA={/etc/ca.pem};OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?serverSslCert=/etc/ca.pem
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;SSLVERIFY=1;SSLCA={/etc/ca.pem};OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?useSsl=true&serverSslCert=/etc/ca.pem
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;SSLVERIFY=1;SSLCA={/etc/ca.pem};OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?useSsl=true&trustServerCertificate=true
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?useSsl=false
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?sslMode=DISABLED
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?sslMode=PREFERRED
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?sslMode=REQUIRED
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?sslMode=VERIFY_IDENTITY&serverSslCert=/etc/ca.pem
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;SSLVERIFY=1;SSLCA={/etc/ca.pem};OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?useSSL=false
    Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?useSSL=true&requireSSL=true
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mysql://db.example/pay?useSSL=true&requireSSL=true&verifyServerCertificate=false
    encrypted, Driver={MariaDB Unicode};Database={pay};Server=db.example;Port=3306;FORCETLS=1;OPTION=67108864;CHARSET=utf8mb4;
jdbc:mariadb://db.example/pay?useSsl=true
    refused: the server's certificate is to be verified, and serverSslCert is not given; name the file of the certificate authority: serverSslCert=/path/ca.pem
jdbc:mysql://db.example/pay?useSSL=true&verifyServerCertificate=true
    refused: the server's certificate is to be verified, and serverSslCert is not given; name the file of the certificate authority: serverSslCert=/path/ca.pem
jdbc:mysql://db.example/pay?sslMode=VERIFY_CA&trustCertificateKeyStoreUrl=file:ca.jks
    refused: trustCertificateKeyStoreUrl is not taken; that is a store of Java's: give serverSslCert, a PEM file
jdbc:mariadb://db.example/pay?sslMode=trust&useSsl=true
    refused: sslMode is weaker than useSsl, requireSSL or verifyServerCertificate; take one of them out
jdbc:mariadb://db.example/pay?sslMode=trust&serverSslCert=/etc/ca.pem
    refused: serverSslCert is given, and sslMode would not look at it; give sslMode=verify-full
jdbc:mysql://db.example/pay?useSSL=true&requireSSL=false
    refused: useSsl=true and requireSSL=false contradict each other; give sslMode
jdbc:mysql://db.example/pay?useSSL=false&requireSSL=true
    refused: useSsl=false contradicts requireSSL or verifyServerCertificate; give sslMode
jdbc:mariadb://db.example/pay?sslMode=sometimes
    refused: sslMode has no such value; known are disable, trust, verify-ca, verify-full, and MySQL's DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY
jdbc:mariadb://db.example/
    refused: the URL names no database; write jdbc:mariadb://host:3306/database
jdbc:mariadb://a,b/pay
    refused: the URL names several hosts; name one: the lock and the ledger must be found on the same server
jdbc:mariadb:replication://a/pay
    refused: the URL is not written as jdbc:mariadb://host:port/database; failover, sequential, loadbalance and the like are not taken: name one server
jdbc:mysql:loadbalance://a/pay
    refused: the URL is not written as jdbc:mariadb://host:port/database; failover, sequential, loadbalance and the like are not taken: name one server
jdbc:mysql://address=(host=a)(port=3306)/pay
    refused: the URL's host holds a character that no host name has
jdbc:mariadb://db.example/pay?createDatabaseIfNotExist=true
    refused: createDatabaseIfNotExist is not taken; Flyway has made the database before roost comes
jdbc:mariadb://db.example/pay?credentialType=AWS-IAM
    refused: credentialType is not taken; log in with a password, or give odbc
jdbc:mariadb://db.example/pay?frob=1
    refused: frob is no parameter that roost knows how to keep; known are user, password, sslMode, useSsl, useSSL, requireSSL, serverSslCert, trustServerCertificate, connectTimeout, socketTimeout, sessionVariables, localSocket, verifyServerCertificate
# SQL Server
jdbc:sqlserver://db.example:1434;databaseName=pay;user=me;password=hush
    Driver={FreeTDS};Server=db.example;Port=1434;Database=pay;UID=me;PWD=hush;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example;databaseName=pay
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example\HR;databaseName=pay
    Driver={FreeTDS};Server=db.example\HR;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example;instanceName=HR;databaseName=pay
    Driver={FreeTDS};Server=db.example\HR;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example\HR:1434;databaseName=pay
    Driver={FreeTDS};Server=db.example;Port=1434;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://;serverName=db.example;portNumber=1434;database=pay
    Driver={FreeTDS};Server=db.example;Port=1434;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://[::1]:1434;databaseName=pay
    Driver={FreeTDS};Server=::1;Port=1434;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example;databaseName={pay;roll};password={a}}b}
    Driver={FreeTDS};Server=db.example;Port=1433;Database={pay;roll};PWD=a}b;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example;databaseName=pay;applicationName=flyway;
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;APP=flyway;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example;databaseName=pay;encrypt=true
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://db.example;databaseName=pay;encrypt=mandatory;trustServerCertificate=true
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;
jdbc:sqlserver://db.example;databaseName=pay;encrypt=false
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=request;
jdbc:sqlserver://db.example;databaseName=pay;encrypt=optional;trustServerCertificate=true
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=request;
jdbc:sqlserver://db.example;databaseName=pay;serverCertificate=/etc/ca.pem
    Driver={FreeTDS};Server=db.example;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=/etc/ca.pem;
jdbc:sqlserver://pay.database.windows.net:1433;database=pay;encrypt=true;hostNameInCertificate=*.database.windows.net
    Driver={FreeTDS};Server=pay.database.windows.net;Port=1433;Database=pay;TDS_Version=7.4;ClientCharset=UTF-8;Encryption=require;ServerCertificate=system;
jdbc:sqlserver://10.0.0.5;databaseName=pay;hostNameInCertificate=db.example
    refused: hostNameInCertificate is not the host of the URL; FreeTDS compares that one alone: name it as the certificate does, or give odbc with Microsoft's driver
jdbc:sqlserver://db.example;databaseName=pay;encrypt=strict
    refused: encrypt=strict is not taken; FreeTDS 1.3 has no TDS 8: give odbc with Microsoft's driver 18
jdbc:sqlserver://db.example;databaseName=pay;encrypt=perhaps
    refused: encrypt has no such value; known are true, false, mandatory and optional
jdbc:sqlserver://db.example;databaseName=pay;encrypt=false;serverCertificate=/etc/ca.pem
    refused: serverCertificate contradicts what the URL says of TLS; it is only asked for with encrypt=true and trustServerCertificate=false
jdbc:sqlserver://db.example;databaseName=pay;trustServerCertificate=perhaps
    refused: trustServerCertificate is neither true nor false; write true or false
jdbc:sqlserver://db.example;databaseName=pay;integratedSecurity=true
    refused: integratedSecurity is not taken; log in as a user of SQL Server's, or give odbc with a driver that is set up for Kerberos
jdbc:sqlserver://db.example;databaseName=pay;authentication=ActiveDirectoryMSI
    refused: authentication is not taken; log in as a user of SQL Server's, or give odbc with Microsoft's driver and its Authentication
jdbc:sqlserver://db.example;databaseName=pay;failoverPartner=other.example
    refused: failoverPartner is not taken; the lock and the ledger must be found on the same server
jdbc:sqlserver://a.example,b.example;databaseName=pay
    refused: the URL names several hosts; name one: the lock and the ledger must be found on the same server
jdbc:sqlserver://db.example;databaseName=pay;trustStore=/etc/ca.jks
    refused: trustStore is not taken; that is a store of Java's: give serverCertificate, a PEM file, or let the system's store know it
jdbc:sqlserver://db.example;databaseName=pay;loginTimeout=30
    refused: loginTimeout is not taken; Microsoft's driver has it in odbc
jdbc:sqlserver://db.example;databaseName=pay;database=other
    refused: the URL gives database twice; take one of them out
jdbc:sqlserver://db.example;databaseName={pay
    refused: databaseName of the URL has a brace that is not closed; write ;name=value;name=value, a value with a ; or a brace as {value} with } doubled
jdbc:sqlserver://db.example;password={a};b}
    refused: part 2 of the URL is no key=value; write ;name=value;name=value, a value with a ; or a brace as {value} with } doubled
jdbc:sqlserver://db.example;password={a;}}b}
    refused: PWD holds a } beside a ; or blanks, which FreeTDS cannot be told; choose another, or give odbc with Microsoft's driver
# Oracle
jdbc:oracle:thin:@//db.example:1522/payroll
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1522/payroll;
jdbc:oracle:thin:@//db.example/payroll
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1521/payroll;
jdbc:oracle:thin:@db.example:1521/payroll.example
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1521/payroll.example;
jdbc:oracle:thin:@//[::1]:1521/payroll
    Driver={Oracle 23 ODBC driver};DBQ=//[::1]:1521/payroll;
jdbc:oracle:thin:@db.example:1521:ORCL
    Driver={Oracle 23 ODBC driver};DBQ=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db.example)(PORT=1521))(CONNECT_DATA=(SID=ORCL)));
jdbc:oracle:thin:@PAYROLL_TEST
    Driver={Oracle 23 ODBC driver};DBQ=PAYROLL_TEST;
jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=h)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=s)))
    Driver={Oracle 23 ODBC driver};DBQ=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=h)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=s)));
jdbc:oracle:thin:@tcp://db.example:1521/payroll?connect_timeout=5
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1521/payroll?connect_timeout=5;
jdbc:oracle:thin:@tcps://db.example:2484/payroll
    Driver={Oracle 23 ODBC driver};DBQ=tcps://db.example:2484/payroll?ssl_server_dn_match=on;
jdbc:oracle:thin:@tcps://db.example:2484/payroll?wallet_location=/w
    Driver={Oracle 23 ODBC driver};DBQ=tcps://db.example:2484/payroll?wallet_location=/w&ssl_server_dn_match=on;
jdbc:oracle:thin:@tcps://db.example:2484/payroll?SSL_SERVER_DN_MATCH=off
    Driver={Oracle 23 ODBC driver};DBQ=tcps://db.example:2484/payroll?ssl_server_dn_match=off;
jdbc:oracle:thin:me/hush@//db.example/payroll
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1521/payroll;UID=me;PWD={hush};
jdbc:oracle:thin:me/"hu@sh"@//db.example/payroll
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1521/payroll;UID=me;PWD={hu@sh};
jdbc:oracle:oci:@//db.example:1521/payroll
    Driver={Oracle 23 ODBC driver};DBQ=//db.example:1521/payroll;
jdbc:oracle:thin:@//a,b:1521/payroll
    refused: the URL names several hosts; name one: the lock and the ledger must be found on the same server
jdbc:oracle:thin:@//db.example:1521/
    refused: the URL names no service of the database; write jdbc:oracle:thin:@//host:port/service
jdbc:oracle:thin:@db.example:1521
    refused: the URL names no service of the database; write jdbc:oracle:thin:@//host:port/service
jdbc:oracle:thin:@//db.example:0/payroll
    refused: the URL's port is no number from 1 to 65535; write host:port, and an IPv6 address as [::1]:port
jdbc:oracle:thin:@ldap://db.example/payroll
    refused: the URL's address is neither tcp nor tcps; write jdbc:oracle:thin:@//host:port/service
jdbc:oracle:thin:@//db.example/payroll?TNS_ADMIN=/x
    refused: TNS_ADMIN is not taken in the URL; set it as an environment variable of that name
jdbc:oracle:thin:@//db.example/payroll?oracle.net.encryption_client=REQUIRED
    refused: oracle.net.encryption_client is no parameter that roost knows how to keep; write the address as a whole: jdbc:oracle:thin:@(DESCRIPTION=…)
jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(HOST=a)(PORT=1521))(ADDRESS=(host = b)(PORT=1521)))(CONNECT_DATA=(SID=X)))
    refused: the URL names several hosts; name one: the lock and the ledger must be found on the same server
jdbc:oracle:thin:/@PAYROLL_TEST
    refused: logging in without a user, by the operating system or a wallet, is not taken; write user/password@address, or give them apart
jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=h))
    refused: the URL's description has a parenthesis too many or too few; write (DESCRIPTION=(…))
jdbc:oracle:thin:@db.example:1521:ORCL?connect_timeout=5
    refused: the URL's SID is none; write jdbc:oracle:thin:@host:port:SID, and nothing behind it
jdbc:oracle:thin:me/hush@t@//db.example/payroll
    refused: the URL holds more than one @; write the password in double quotes, or give it as password
jdbc:oracle:kprb:@
    refused: the URL is neither jdbc:oracle:thin: nor jdbc:oracle:oci:; write jdbc:oracle:thin:@//host:port/service
# SQLite, in the folder /project
jdbc:sqlite:data/pay.db
    /project/data/pay.db
jdbc:sqlite:/var/pay.db
    /var/pay.db
jdbc:sqlite:./pay roll.db
    /project/./pay roll.db
jdbc:sqlite:file:pay.db
    /project/pay.db
jdbc:sqlite:file:/var/pay.db
    /var/pay.db
jdbc:sqlite:file:///var/pay.db
    /var/pay.db
jdbc:sqlite:pay.db?date_class=TEXT&date_string_format=yyyy-MM-dd
    /project/pay.db
jdbc:sqlite:file:pay%20roll.db
    refused: only plain names of files are taken; write jdbc:sqlite:FILE
jdbc:sqlite:file://host/pay.db
    refused: only plain names of files are taken; write jdbc:sqlite:FILE
jdbc:sqlite::resource:pay.db
    refused: only plain names of files are taken; write jdbc:sqlite:FILE
jdbc:sqlite:
    refused: a database in memory is gone when roost ends; give the name of a file
jdbc:sqlite::memory:
    refused: a database in memory is gone when roost ends; give the name of a file
jdbc:sqlite:file::memory:?cache=shared
    refused: a database in memory is gone when roost ends; give the name of a file
jdbc:sqlite:pay.db?foreign_keys=on
    refused: foreign_keys is no parameter that roost knows how to keep; take it out, or give environments/ENV.toml a URL without it
jdbc:sqlite:pay.db?cache=shared
    refused: cache is no parameter that roost knows how to keep; take it out, or give environments/ENV.toml a URL without it
# Nobody's
jdbc:jtds:sqlserver://db.example/pay
    refused: it is no engine's
jdbc:h2:mem:pay
    refused: it is no engine's
)URLS";

std::string odbc_of(const Target& target) {
    auto parts = postgresql::wanted(target);
    REQUIRE_MESSAGE(parts.has_value(), parts.error().message);
    return postgresql::connection_string(std::move(*parts), "");
}

std::string joined(const std::vector<Attribute>& attributes) {
    std::string text;
    for (const Attribute& attribute : attributes) text += attribute.key + "=" + attribute.text + ";";
    return text;
}

std::string told(const Target& target) {
    const std::string url = target.url.reveal();
    if (postgresql::takes(url)) return odbc_of(target);
    if (mariadb::takes(url)) {
        const auto parts = mariadb::wanted(target).value();
        const std::string session = parts.session_variables;
        return (parts.encrypted ? "encrypted, " : "") + joined(parts.attributes) +
               (session.empty() ? "" : " and SET SESSION " + session);
    }
    if (oracle::takes(url)) return joined(oracle::wanted(target).value());
    if (sqlserver::takes(url)) return joined(sqlserver::wanted(target).value());
    return sqlite::file_of(target).value().string();
}

std::string outcome_of(const std::string& url) {
    Target target = of_url(url);
    target.directory = "/project";
    for (const Driver* driver : drivers()) {
        if (!driver->takes(url)) continue;
        const auto checked = driver->check(target);
        return checked ? told(target) : "refused: " + to_string(checked.error());
    }
    return "refused: it is no engine's";
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

TEST_CASE("a JDBC URL becomes what means the same to the engine's driver, or is refused with the reason") {
    const auto lines = lines_of(carried_over);
    int urls = 0;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        if (!lines[n].starts_with("jdbc:")) continue;
        INFO(lines[n]);
        REQUIRE(n + 1 < lines.size());
        CHECK("    " + outcome_of(lines[n]) == lines[n + 1]);
        if (lines[n + 1].contains("refused: ")) CHECK(!lines[n + 1].contains("hush"));
        ++urls;
    }
    CHECK(urls > 60);
}

struct Refusal {
    Target target;
    std::string_view says;
};

TEST_CASE("what PostgreSQL's driver cannot keep to is refused with its reason before anything is sent") {
    const Refusal cases[] = {
        {of_url("jdbc:mariadb://h/d"), "not one of PostgreSQL"},
        {Target{}, "either url or odbc"},
        {Target{.url = Secret("jdbc:postgresql:d"), .odbc = Secret("Driver=x")}, "either url or odbc"},
        {Target{.url = Secret("jdbc:postgresql:d?user=a"), .user = "b"}, "two users"},
        {Target{.url = Secret("jdbc:postgresql:d?password=hush"), .password = Secret("other")}, "two passwords"},
        {of_odbc("Driver=x;Protocol=7.4-2"), "Protocol"},
        {of_odbc("Driver=x;Protocol=7.4"), "Protocol"},
        {of_odbc("Driver={x;Server=h"), "not closed"},
        {of_odbc("Driver=x;nonsense;Server=h"), "part 2"},
        {of_odbc("Driver=x;driver=y"), "driver twice"},
        {of_odbc("Driver=x;pqopt={user='a}"), "pqopt"},
    };
    for (const Refusal& test : cases) {
        INFO(test.says);
        const auto checked = driver_named("postgresql")->check(test.target);
        REQUIRE(!checked.has_value());
        CHECK(checked.error().kind == ErrorKind::usage);
        CHECK(checked.error().message.contains(test.says));
        CHECK(!to_string(checked.error()).contains("hush"));
    }
}

TEST_CASE("an ODBC connection string is kept as it is and completed") {
    const Target target{.odbc = Secret("Driver={PostgreSQL Unicode}; Server=/run/pg;Database=d;"),
                        .user = "o'neil",
                        .password = Secret("a}b%41"),
                        .application = "roost"};
    CHECK(odbc_of(target) ==
          "Driver={PostgreSQL Unicode};Server=/run/pg;Database=d;Protocol=7.4-0;Pwd={a}}b%41};"
          "pqopt={user='o\\'neil' application_name='roost'}");
    CHECK(odbc_of(of_odbc("DSN=x;PROTOCOL=7.4-0;PQOPT={sslrootcert = '/a b' options='-c a=b'}")) ==
          "DSN=x;PROTOCOL=7.4-0;pqopt={sslrootcert='/a b' options='-c a=b'}");
    CHECK(odbc_of({.odbc = Secret("DSN=x;UID=me;Pwd={p;q}"), .user = "me", .password = Secret("p;q")}) ==
          "DSN=x;UID=me;Pwd={p;q};Protocol=7.4-0;pqopt={}");
}

TEST_CASE("what SQLite's driver cannot keep to is refused with its reason") {
    const Refusal cases[] = {
        {of_url("jdbc:postgresql:d"), "not one of SQLite"},
        {of_odbc("Driver={SQLite3};Database=x"), "not through ODBC"},
        {Target{.url = Secret("jdbc:sqlite:x.db"), .user = "u"}, "no accounts"},
    };
    for (const Refusal& test : cases) {
        const auto checked = driver_named("sqlite")->check(test.target);
        REQUIRE(!checked.has_value());
        CHECK(checked.error().kind == ErrorKind::usage);
        CHECK(checked.error().message.contains(test.says));
    }
}

TEST_CASE("each URL is taken by one engine") {
    for (const std::string_view url : {"jdbc:postgresql:d", "jdbc:sqlite:x.db", "jdbc:oracle:thin:@h",
                                       "jdbc:mariadb://h/d", "jdbc:mysql://h/d", "jdbc:sqlserver://h"}) {
        int takers = 0;
        for (const Driver* driver : drivers()) takers += driver->takes(url) ? 1 : 0;
        CHECK(takers == 1);
    }
}

}  // namespace
}  // namespace roost
