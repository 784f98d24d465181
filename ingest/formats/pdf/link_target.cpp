// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/link_target.h"

#include <Link.h>
#include <PDFDoc.h>
#include <Page.h>
#include <algorithm>
#include <cmath>
#include <memory>

namespace tl {

PdfTarget targetOf(PDFDoc& document, const LinkAction* action) {
    if (action == nullptr || action->getKind() != actionGoTo) {
        return {};
    }
    const auto* link = static_cast<const LinkGoTo*>(action);
    std::unique_ptr<LinkDest> named;
    const LinkDest* place = link->getDest();
    if (place == nullptr && link->getNamedDest() != nullptr) {
        named = document.findDest(link->getNamedDest());
        place = named.get();
    }
    if (place == nullptr || !place->isOk()) {
        return {};
    }
    PdfTarget target;
    target.page = place->isPageRef() ? document.findPage(place->getPageRef()) : place->getPageNum();
    Page* page = target.page > 0 ? document.getPage(target.page) : nullptr;
    if (page != nullptr && page->getRotate() == 0 && place->getChangeTop() &&
        page->getCropHeight() > 0) {
        const double top = (page->getCropBox()->y2 - place->getTop()) / page->getCropHeight();
        target.top = std::isfinite(top) ? static_cast<float>(std::clamp(top, 0.0, 1.0)) : -1;
    }
    return target;
}

}  // namespace tl
