// Makes one connection to 127.0.0.1 at the port in the first argument, prints its own pid and second argument, and ends.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 3)
		return 64;
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons(atoi(argv[1])),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		perror("connect");
		return 1;
	}
	// One write of less than PIPE_BUF, so that lines of several processes do not mix.
	dprintf(STDOUT_FILENO, "%d %s\n", getpid(), argv[2]);
	return 0;
}
