#ifndef CYAML_H
#define CYAML_H

#include <stddef.h>

/// A YAML document, read whole. Aliases lead to the nodes that they stand for, so that what looks
/// like a tree may be a node's own inside.

typedef struct CYAML CYAML;

typedef enum {
    CYAML_SCALAR,
    CYAML_SEQUENCE,
    CYAML_MAPPING,
} CYAMLKind;

/// A node. `text` is a scalar's, of `length` bytes, and lives as long as the document.
typedef struct {
    CYAMLKind kind;
    const char *text;
    size_t length;
    int is_plain;  // without quotes, so that it may be a number
    int count;     // of elements, or of pairs
    size_t line;   // at which it begins, from 1
} CYAMLNode;

/// Reads the one document of a text. Returns null when it is none: `*reason` is then a text that
/// the caller frees with `cyaml_free_reason`, or null when there was no memory.
CYAML *cyaml_read(const char *text, size_t length, char **reason);

/// Nodes are numbered from 1, the number of the root; a document without content has none.
CYAMLNode cyaml_node(const CYAML *document, int number);
int cyaml_count(const CYAML *document);

/// The number of an element of a sequence, from 0 on.
int cyaml_element(const CYAML *document, int number, int place);

/// The numbers of a key and of its value, pairs counted from 0.
int cyaml_key(const CYAML *document, int number, int place);
int cyaml_value(const CYAML *document, int number, int place);

void cyaml_free(CYAML *document);
void cyaml_free_reason(char *reason);

#endif
