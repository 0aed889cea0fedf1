// Opens as many loopback connections as the first argument says, from several processes because of their limits, and
// tells the number of TCP sockets that it holds in its network namespace once all stand. Ends when its input does.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static int ready[2], end[2];

static int fail(const char *what)
{
	perror(what);
	if (write(ready[1], "f", 1) != 1)
		perror("write");
	_exit(1);
}

// Holds both ends of `wanted` connections. The address differs by process, so that ports do not run out.
static void hold(int process, int wanted)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_port = htons(20000),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + process),
	};
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 16) != 0)
		fail("listen");
	for (int made = 0; made < wanted; made++) {
		int out = socket(AF_INET, SOCK_STREAM, 0);
		if (out < 0 || connect(out, (struct sockaddr *)&at, sizeof at) != 0)
			fail("connect");
		if (accept(listener, NULL, NULL) < 0)
			fail("accept");
	}
	if (write(ready[1], "x", 1) != 1)
		fail("write");
	char byte;
	_exit(read(end[0], &byte, 1) < 0);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 64;
	int wanted = atoi(argv[1]), processes = 0;
	struct rlimit limit = { 0 };
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	// Two descriptors for each connection, and a few that are there already.
	int each = limit.rlim_max > 20064 ? 10000 : (int)limit.rlim_max / 2 - 32;
	if (pipe(ready) != 0 || pipe(end) != 0)
		return fail("pipe");
	for (int left = wanted; left > 0; left -= each, processes++) {
		if (fork() == 0) {
			close(end[1]);
			hold(processes, left < each ? left : each);
		}
	}
	char byte;
	for (int i = 0; i < processes; i++)
		if (read(ready[0], &byte, 1) != 1 || byte != 'x')
			return 1;
	printf("%d\n", 2 * wanted + processes);
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}
