// SPDX-License-Identifier: Apache-2.0
#include "store/read/project_sizes.h"

namespace tl {

Result<ProjectSizes> projectSizes(Database& database) {
    ProjectSizes sizes;
    struct Query {
        int64_t& bytes;
        const char* sql;
    };
    int64_t pageSize = 0;
    const Query queries[] = {
        {pageSize, "PRAGMA page_size"},
        {sizes.file, "PRAGMA page_count"},
        {sizes.free, "PRAGMA freelist_count"},
        {sizes.texts, "SELECT sum(length(bytes)) FROM extract_part"},
        {sizes.documents,
         "SELECT sum(length(name) + length(path) + length(content_hash) + length(details)"
         " + coalesce(length(extract_key), 0)) FROM document"},
        {sizes.tokens, "SELECT sum(length(bytes)) FROM token_part"},
        {sizes.checkpoints, "SELECT sum(length(bytes)) FROM checkpoint_part"},
        {sizes.pages, "SELECT sum(length(bytes)) FROM page"},
        {sizes.conversations,
         "SELECT (SELECT coalesce(sum(length(question) + length(answer) + length(prompt)"
         " + length(details)), 0) FROM turn)"
         " + (SELECT coalesce(sum(length(name) + length(place) + length(quote)), 0)"
         " FROM citation)"},
    };
    for (const Query& query : queries) {
        const Result<int64_t> number = database.number(query.sql);
        if (!number.ok()) {
            return number.error();
        }
        query.bytes = number.value();
    }
    sizes.file *= pageSize;
    sizes.free *= pageSize;
    sizes.other = sizes.file - sizes.free - sizes.texts - sizes.documents - sizes.tokens -
                  sizes.checkpoints - sizes.pages - sizes.conversations;
    return sizes;
}

}  // namespace tl
