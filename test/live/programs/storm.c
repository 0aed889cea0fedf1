// Connects to itself as often as the second argument says, at the port in the first, as fast as one process can.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int fail(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 64;
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_port = htons(atoi(argv[1])),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	long wanted = atol(argv[2]), made = 0;
	// A reset instead of an orderly end leaves no TIME_WAIT behind, so ports do not run out.
	struct linger reset = { .l_onoff = 1, .l_linger = 0 };
	int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0)
		return fail("bind");
	if (listen(listener, 16) != 0)
		return fail("listen");
	for (; made < wanted; made++) {
		int out = socket(AF_INET, SOCK_STREAM, 0);
		if (connect(out, (struct sockaddr *)&at, sizeof at) != 0)
			return fail("connect");
		int in = accept(listener, NULL, NULL);
		if (in < 0)
			return fail("accept");
		setsockopt(out, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(out);
		close(in);
	}
	printf("%ld\n", made);
	return 0;
}
