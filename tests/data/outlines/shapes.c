#include <stdio.h>
#define MAX_SIDES 12
#define AREA(w, h) ((w) * (h))

typedef unsigned int side_count;

struct point {
    double x, y;
    const char *label;
};

enum color { RED, GREEN = 3 };

union word {
    int whole;
    char bytes[4];
};

static const char *names[] = {
    "square",
    "circle",
};

int area(struct point a, struct point b);

static char *label_of(struct point *p) {
    int local = 1;
    return p->label;
}

#ifdef WITH_MAIN
int main(void) {
    return printf("%d\n", MAX_SIDES);
}
#endif
